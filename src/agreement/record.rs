//! stub
use crate::terms::*; use chrono::NaiveDate; use crate::day::Window; use super::consent::*; use crate::violation::Violation;
#[derive(Clone, Debug)] pub(crate) struct Record;
impl Record { pub(crate) fn new(_t:&Terms,_k:Option<NaiveDate>)->Self{Record} pub(crate) fn event(&self,e:&Event)->Option<Window>{ if let Event::Day(d)=e {Some(Window::day(*d))} else {None}}
pub(crate) fn approval_on(&self,_:NaiveDate)->ApprovalState{ApprovalState::Negotiating} pub(crate) fn paused_by(&self,_:NaiveDate)->Vec<String>{vec![]}
pub(crate) fn consent_on(&self,_:&str,_:NaiveDate)->Option<Consent>{None} pub(crate) fn blockers(&self,_:Step,_:NaiveDate)->Vec<Blocker>{vec![]}
pub(crate) fn binds_on(&self,_:NaiveDate)->bool{true} pub(crate) fn terminated_on(&self,_:NaiveDate)->bool{false} pub(crate) fn last_day(&self)->Option<NaiveDate>{None} }
pub(crate) fn check(_:&Terms,_:&mut Vec<Violation>){}
pub(crate) fn known_from(act:&Act)->Option<NaiveDate>{ act.published.or_else(||act.on.window().map(Window::latest)) }
