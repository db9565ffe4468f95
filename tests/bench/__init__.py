"""`python -m tests.bench` (make bench): how fast, how heavy, how sound, one `name value` line a figure.

The pages are those of the production server on a world of 10,000 meetups, against a bare page served the same way in
the same rounds (bare.py says what that is). Explanations go to the standard error, so that programs can read the lines.
"""
