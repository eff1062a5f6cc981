"""Generates the work that both sides do, by formula or from a fixed seed."""

import json
import pathlib

import numpy as np

WORK = pathlib.Path(__file__).parent / "work"
DAYS = 10_000_000
ROWS = 5_000_000
AGREEMENTS = 100_000
LINES = 100_000


def iso(number):
    return str(np.datetime64(int(number), "D"))


def schedule(phases, rng):
    """One schedule: the day numbers and ceilings of each end, with windows and vague numbers."""
    start = 18_000
    step = 60 if phases <= 20 else 30
    most = 4_000 * phases + 5_000
    opens = start + step * np.arange(1, phases + 1)
    closes = opens + rng.integers(0, step - 5, phases)
    high = most - 4_000 * np.arange(1, phases + 1) + rng.integers(0, 2_000, phases)
    low = high - rng.integers(0, 1_500, phases)
    return start, most, opens, closes, low, high


def document(start, most, opens, closes, low, high):
    columns = zip(opens, closes, low, high)
    phases = [
        {"id": str(i), "by": f"{iso(o)}/{iso(c)}", "limits": [{"remain": f"{l}..{h}"}]}
        for i, (o, c, l, h) in enumerate(columns)
    ]
    return {
        "title": "made up",
        "parties": [{"id": "s", "name": "Sender", "role": "sending"}],
        "forces": [{"id": "f", "baseline": {"strength": int(most), "as_of": iso(start)}}],
        "phases": phases,
    }


def formula():
    """What `by_formula` of the driver builds, for many agreements: day numbers and ceilings of each end."""
    a = np.arange(AGREEMENTS, dtype=np.int64)[:, None]
    i = np.arange(1, 9, dtype=np.int64)[None, :]
    start = 18_000 + a * 7_919 % 3_000
    opens = start + 100 * i + (a * 31 + i * 17) % 30
    closes = opens + (a + i) % 25
    high = 100 * (20 - 2 * i) + (a * 13 + i * 7) % 50
    low = high - (a + 3 * i) % 40
    return start[:, 0], opens, closes, low, high


def lines():
    """One document of five phases a line."""
    rng = np.random.default_rng(5)
    with open(WORK / "agreements.jsonl", "w") as out:
        for n in range(LINES):
            start = 17_000 + int(rng.integers(0, 3_000))
            strength = int(rng.integers(3_000, 90_000))
            left = strength
            phases = []
            for i in range(1, 6):
                left -= int(rng.integers(1, strength // 6))
                limit = {"force": "f", "remain": left}
                by = iso(start + 120 * i)
                phases.append({"id": f"phase-{i}", "by": by, "limits": [limit], "source": "text"})
            document = {
                "title": f"Agreement {n} on the withdrawal of forces",
                "instrument": "treaty",
                "parties": [
                    {"id": "SND", "name": "Sending state", "role": "sending"},
                    {"id": "RCV", "name": "Receiving state", "role": "receiving"},
                ],
                "forces": [
                    {
                        "id": "f",
                        "party": "SND",
                        "name": "Forces of the sending state",
                        "baseline": {"strength": strength, "as_of": iso(start), "source": "text"},
                    }
                ],
                "phases": phases,
                "record": [
                    {"on": iso(start - 20), "act": "signed", "source": "text"},
                    {"on": iso(start - 10), "act": "approved", "source": "text"},
                ],
                "sources": {"text": {"title": "The text as published", "published": iso(start - 20)}},
            }
            out.write(json.dumps(document) + "\n")


def main():
    WORK.mkdir(exist_ok=True)
    for phases in (8, 20, 1_000):
        folder = WORK / f"days{phases}"
        folder.mkdir(exist_ok=True)
        rng = np.random.default_rng(phases)
        parts = schedule(phases, rng)
        (folder / "agreement.json").write_text(json.dumps(document(*parts)))
        last = int(parts[3][-1]) + 100
        rng.integers(parts[0], last, DAYS, dtype=np.int32).tofile(folder / "days.bin")
        np.savez(folder / "schedule.npz", *parts)
    folder = WORK / "verdicts"
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(7)
    start, *_ = formula()
    keys = rng.integers(0, AGREEMENTS, ROWS, dtype=np.uint32)
    keys.tofile(folder / "keys.bin")
    (start[keys] + rng.integers(0, 1_100, ROWS)).astype(np.int32).tofile(folder / "days.bin")
    rng.integers(0, 2_400, ROWS, dtype=np.uint32).tofile(folder / "counts.bin")
    lines()


if __name__ == "__main__":
    main()
