"""The style sheet of the page of a report: for screens, light and dark, and for paper."""

from __future__ import annotations

STYLE = """
:root { --ink: #1d2330; --soft: #5a6474; --line: #d9dee6; --paper: #fff; --card: #f5f7fa;
  --error: #b3261e; --warning: #d98c00; --mended: #2b7a4b; --plain: #3461a8; color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7eaf0; --soft: #a3adbd; --line: #3a4250; --paper: #171b22; --card: #212732;
    --error: #f2776d; --warning: #f0b450; --mended: #6cc08b; --plain: #85aef0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 60px; }
h1 { font-size: 26px; line-height: 1.35; margin: 8px 0; }
h2 { font-size: 19px; margin: 36px 0 8px; border-bottom: 1px solid var(--line); padding-bottom: 4px; }
.facts, .legend, section > p { color: var(--soft); margin: 4px 0 8px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin: 20px 0; }
.cards div { background: var(--card); border-radius: 8px; padding: 10px 14px; }
.cards dt { color: var(--soft); font-size: 14px; }
.cards dd { margin: 0; font-size: 26px; font-variant-numeric: tabular-nums; }
section { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 560px; max-width: 860px; height: auto; }
svg text { fill: var(--ink); font-size: 13px; }
svg .ground { stroke: var(--line); }
.error { fill: var(--error); color: var(--error); } .warning { fill: var(--warning); color: var(--warning); }
.mended { fill: var(--mended); color: var(--mended); } .plain { fill: var(--plain); color: var(--plain); }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { border-bottom: 1px solid var(--line); padding: 6px 8px; text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: normal; white-space: nowrap; }
td { min-width: 4em; }
td:last-child { min-width: 16em; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { section { break-inside: avoid; overflow: visible; } main { max-width: none; padding: 0; } }
"""
