(() => {
  'use strict';
  const by = id => document.getElementById(id);
  const { texts, rows, states } = JSON.parse(by('facts').textContent);
  states.flatMap(state => state.forces).forEach(force => {
    [force.id, force.name] = [texts[force.id], texts[force.name]];
    [force.ceilings, force.counts] = [force.ceilings, force.counts].map(places => places.map(place => rows[place]));
  });
  const [slider, known, said] = [by('day'), by('known'), by('said')];
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
    'November', 'December'];
  const date = number => {
    const day = new Date(number * 864e5);
    return `${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  };
  const plots = [...document.querySelectorAll('#charts [data-plot]')].map(group => {
    const [left, top, right, bottom] = group.dataset.plot.split(' ').map(Number);
    const number = iso => Math.round(Date.parse(`${iso.padStart(10, '0')}T00:00:00Z`) / 864e5);
    const [first, last] = [group.dataset.first, group.dataset.last].map(number);
    return { group, svg: group.ownerSVGElement, left, top, right, bottom, first, last, most: Number(group.dataset.most) };
  });
  plots.forEach(plot => { plot.place = plots.filter(of => of.svg === plot.svg).indexOf(plot); });
  const svg = (name, attributes, parent) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return parent.appendChild(element);
  };
  const x = (plot, day) => {
    const share = (day - plot.first) / Math.max(plot.last - plot.first, 1);
    return plot.left + Math.min(Math.max(share, 0), 1) * (plot.right - plot.left);
  };
  const y = (plot, people) => people === null ? plot.top :
    plot.bottom - Math.min(people / plot.most, 1) * (plot.bottom - plot.top);
  const upTo = (list, day) => {
    let found = null;
    for (const entry of list) {
      if (entry[0] > day) break;
      found = entry;
    }
    return found;
  };
  const state = () => states[Number(known.value)];
  const words = day => {
    const { forces } = state();
    const of = force => {
      const ceiling = upTo(force.ceilings, day);
      const count = upTo(force.counts, day);
      let line = `${ceiling ? texts[ceiling[1]] : 'no ceiling'}.`;
      if (count) {
        const age = day - count[0];
        const ago = age === 0 ? 'that day' : age === 1 ? 'the day before' : `${age.toLocaleString('en-US')} days before`;
        line += ` Last count: ${texts[count[1]]}, ${ago}${texts[count[2]] ? ` (${texts[count[2]]})` : ''}.`;
      }
      return line;
    };
    return forces.length === 1 ? `${date(day)}: ${of(forces[0])}` :
      date(day) + forces.map(force => `\n${force.name}: ${of(force)}`).join('');
  };
  plots.forEach(plot => { plot.line = svg('line', { class: 'pointer', y1: plot.top, y2: plot.bottom }, plot.group); });
  const update = () => {
    const day = Number(slider.value);
    said.textContent = words(day);
    slider.setAttribute('aria-valuetext', date(day));
    plots.forEach(plot => ['x1', 'x2'].forEach(end => plot.line.setAttribute(end, x(plot, day + 0.5))));
  };
  const drawKnown = () => {
    const { day, forces } = state();
    by('known-day').textContent = day === null ? 'today: everything' : date(day);
    known.setAttribute('aria-valuetext', by('known-day').textContent);
    plots.forEach(plot => {
      plot.known?.remove();
      plot.group.classList.toggle('later', day !== null);
      if (day === null) return;
      plot.known = svg('g', { class: 'known' }, plot.group);
      const name = plot.group.dataset.force;
      const force = forces.find(force => force.id === name);
      if (!force) return;
      const edge = (end, style) => {
        let path = '';
        force.ceilings.forEach((ceiling, index) => {
          if (ceiling[end] === null) return;
          const next = force.ceilings[index + 1];
          const height = y(plot, ceiling[end]);
          path += `${path && force.ceilings[index - 1]?.[end] !== null ? 'L' : 'M'}${x(plot, ceiling[0])} ${height}`;
          path += `L${x(plot, next ? next[0] : plot.last)} ${height}`;
        });
        if (path) svg('path', { class: style, d: path }, plot.known);
      };
      edge(3, 'lenient');
      edge(2, 'strict');
      force.counts.forEach(([last, , , low, high]) => {
        if (last < plot.first || last > plot.last) return;
        svg('path', { class: 'plain', d: `M${x(plot, last)} ${y(plot, low)}L${x(plot, last)} ${y(plot, high)}` }, plot.known);
        svg('circle', { class: 'plain', cx: x(plot, last), cy: y(plot, high === null ? low : (low + high) / 2), r: 4 }, plot.known);
      });
    });
    update();
  };
  const point = event => {
    const of = plots.filter(plot => plot.svg === event.currentTarget);
    if (of.length === 0) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(event.currentTarget.getScreenCTM().inverse());
    const far = plot => Math.max(plot.left - at.x, at.x - plot.right, 0) + Math.max(plot.top - at.y, at.y - plot.bottom, 0);
    const plot = of.reduce((near, plot) => far(plot) < far(near) ? plot : near);
    const share = (at.x - plot.left) / (plot.right - plot.left);
    slider.value = plot.first + Math.floor(share * (plot.last - plot.first));
    update();
    const mark = event.target.closest?.('g:not([data-plot])')?.querySelector(':scope > title');
    if (mark) said.textContent += `\n${mark.textContent}`;
  };
  document.querySelectorAll('#charts svg').forEach(chart => {
    chart.addEventListener('pointermove', point);
    chart.addEventListener('pointerdown', point);
  });
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30, Home: -4e6, End: 4e6 };
  by('charts').addEventListener('keydown', event => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    slider.value = Number(slider.value) + step;
    update();
  });
  slider.addEventListener('input', update);
  known.max = known.value = states.length - 1;
  known.addEventListener('input', drawKnown);
  by('known-label').hidden = states.length < 2;
  by('sliders').hidden = false;
  drawKnown();
})();
