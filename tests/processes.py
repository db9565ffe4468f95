"""Processes of their own for tests of races: started from one that has imported the app already."""

import multiprocessing

together = multiprocessing.get_context("forkserver")
together.set_forkserver_preload(["meetups.app"])
