raise ImportError("moved: from meetups.foundation.whereabouts import current_gazetteer (and current_door)")
