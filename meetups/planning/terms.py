"""Words for the code of the day: short, easy to say across a room and to spell, in no way rude."""

from __future__ import annotations

_FIRST = """apple banjo basket berry biscuit blanket bottle bubble bucket button cactus candle carrot castle cedar
cherry clover cocoa copper cotton cricket daisy dragon elbow feather fiddle garden ginger hammock honey jelly kettle
ladder lemon maple marble mitten muffin nutmeg onion orange paper pebble pepper pickle pillow pirate pocket pumpkin
puppet puzzle quilt rabbit ribbon robin rocket saddle sailor shaker silver spider sugar tiger"""
_SECOND = """alarm attic balloon banner beach bench bridge brigade cabin camera canyon chorus circle circus
corner cottage dance desert engine ferry festival fountain harbor hill holiday island journey jungle kitchen lantern
library market meadow mirror morning mountain museum orchard orchestra parade picnic planet playground pond quarter
railway river school shelf shower stairs station summer tower tractor train tunnel valley village wagon whistle
window winter workshop"""
FIRST, SECOND = _FIRST.split(), _SECOND.split()
