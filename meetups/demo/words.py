"""What the invented world is made of: names of people, venues and conferences, titles, and things hosts write."""

from __future__ import annotations

from pathlib import Path

from meetups.places.models import PlaceKind

FIRST_NAMES = tuple((Path(__file__).parent / "data" / "first_names.txt").read_text(encoding="utf-8").split())
MEETUP_TITLES = (
    "Guerrilla Storytime", "Storytime swap", "Sticks and stories", "The cup comes to {town}",
    "Storytime people of {town}", "First one in {town}", "Bring one song, take ten", "Draw a stick with us",
    "Lap-sit people unite", "Rhyme and reason", "Felt board show and tell", "What do you do when …?",
    "Toddler storytime clinic", "After the summer: how was yours?", "Flannel and friends", "Transitions, transitions",
    "Storytime on the floor", "Baby storytime, grown-up talk", "The wiggles hour",
    "Songs you are tired of, new verses", "Sharing is caring: preschool edition", "Small and mighty",
    "Storytime triage", "Cup night", "Cup at lunch", "A quiet one: six chairs and a cup", "Ukulele welcome",
    "New to storytime? Us too", "Sensory storytime swap", "Two languages, one rug", "Puppets after dark",
)  # fmt: skip
VENUES: dict[PlaceKind, tuple[str, ...]] = {
    PlaceKind.COFFEE_SHOP: (
        "Second Story Coffee", "Grain & Page Coffee", "The Paper Boat", "Copper Kettle Café", "Marmalade & Moss",
        "Two Spoons", "The Slow Kettle", "Button Box Café", "Fieldmouse Coffee", "The Good Saucer", "Café Pinwheel",
    ),
    PlaceKind.LIBRARY_ROOM: (
        "Fox Hollow Branch Library, Birch Room", "Mill Street Library, story room", "Central Library, Room 213",
        "Harbor Branch Library, meeting room B", "Riverside Library, the round room", "Old Town Library, upstairs",
        "Northfield Library, children’s area after closing", "Elm Park Branch, staff room",
    ),
    PlaceKind.CONFERENCE_FLOOR: ("Riverfront Convention Hall", "The Exchange Hall", "Lakeside Congress Center"),
    PlaceKind.CONFERENCE_ROOM: ("Riverfront Convention Hall", "Grand Meridian Conference Center", "Quayside Halls"),
    PlaceKind.RESTAURANT: (
        "Market Hall food court", "The Dumpling Cart", "Nonna’s Long Table", "Blue Plate Kitchen", "Saffron Corner",
        "The Noodle Room", "Station food court", "Olive & Thyme",
    ),
    PlaceKind.PUB: (
        "The Lantern & Ladle", "Harbor Lantern Tavern", "The Otter and Oar", "The Crooked Spoon", "The Merry Badger",
        "The Five Bells", "Thistle & Rook", "The Wandering Goose",
    ),
    PlaceKind.HOTEL_LOBBY: ("The Marlowe Hotel", "Hotel Fernsby", "The Old Exchange Hotel", "Parkside Inn"),
    PlaceKind.OUTDOORS: (
        "Willow Park bandstand", "Riverside picnic shelter 3", "Botanic garden, the glasshouse lawn", "Story Tree Park",
        "The green behind the town hall", "Duck Pond Commons",
    ),
    PlaceKind.HOME: ("14 Larkspur Lane", "3 Orchard Row", "27 Tamarack Court", "8 Pebble Street", "51 Hollyhock Way"),
    PlaceKind.ONLINE: ("On screen, from wherever you are", "A video call, cameras optional", "Online, link by mail"),
}
SPOTS: dict[PlaceKind, tuple[str, ...]] = {
    PlaceKind.COFFEE_SHOP: ("long table upstairs", "the big round table", "back room", "by the piano", ""),
    PlaceKind.LIBRARY_ROOM: ("side door, ring once", "follow the paper feet", "", "past the picture books"),
    PlaceKind.CONFERENCE_FLOOR: ("Networking corner by Registration East", "opposite the model house", "glass corner"),
    PlaceKind.CONFERENCE_ROOM: ("", "past the coffee bar", "door left of the stage"),
    PlaceKind.RESTAURANT: ("the noisy tables at the back", "outside, if it is dry", "under the big clock"),
    PlaceKind.PUB: ("back room left of the bar", "snug on the first floor", "patio", "downstairs"),
    PlaceKind.HOTEL_LOBBY: ("the sofas by the fireplace", "mezzanine, next to the plants", "lobby bar, far end"),
    PlaceKind.OUTDOORS: ("under the largest tree", "by the drinking fountain", "at the picnic tables"),
    PlaceKind.HOME: ("round the side, mind the cat", "top bell", ""),
    PlaceKind.ONLINE: ("",),
}
ROOMS = ("Room 102", "N239/241", "W375d", "Room 213", "Skyline 4", "Salon C")
SPOT_US = (
    "I’m the one with the glitter cup.", "Look for the parachute bag.", "A stuffed goose sits on the table.",
    "Follow the ukulele.", "Striped scarf, large tote, small voice.", "The table with the craft sticks.",
    "We have a paper crown and we are not afraid to use it.", "There is a sign with a star.",
)  # fmt: skip
CONTACTS = (
    "Look for the parachute.", "Message me on the list, I read it daily.", "Ask at the desk for the storytime people.",
    "Text 555 0142 on the day.", "Reply to the letter with your link; it reaches me.",
)  # fmt: skip
OPENINGS = (
    "Somebody draws a stick, reads it out and answers it, or passes it to the room. That is all.",
    "An hour for people who do storytime, want to, or used to. **No speaker, no slides.**",
    "We bring the cup. You bring whatever you did last Tuesday.",
    "Half the time it is the sticks, half the time it is what you are stuck on.",
    "We did this in the spring and laughed until the room was needed. Here we go again.",
    "For anyone who has ever sung a verse too many. Degree or no degree.",
)  # fmt: skip
MIDDLES = (
    "Bring one song that never fails and one that did. We will collect both.",
    "Babies in slings are welcome, and so is anyone who would only like to listen.",
    "If you are new: nobody is made to sing. You may pass on every single stick.",
    "This month we start with *transitions*, because three of you asked.",
    "Someone takes notes, and the recap goes up the same week.",
    "I can lend two shakers and a scarf to whoever travels light.",
    "There is a warm-up round first, then the real sticks.",
    "We would love to hear from school-age people for once.",
)  # fmt: skip
LISTS = (
    "What to expect:\n\n- a round of names\n- ten sticks or so\n- your own questions\n- a goodbye song",
    "We have:\n\n- a cup\n- sixty sticks\n- one ukulele, nearly in tune",
    "Three things:\n\n1. come when you can\n2. leave when you must\n3. tell one person about it",
)  # fmt: skip
CLOSINGS = (
    "Questions first? Write to me once you are on the list.", "See you on the rug.",
    "If it snows, look here before you set out.", "We stop on time, because some of us have a bus.",
    "Stay for a drink or a bun afterward if you like.", "Parking behind the building is free after five.",
)  # fmt: skip
THINGS_TO_BRING = (
    (1, "parachute"), (12, "egg shakers"), (10, "scarves"), (1, "ukulele"), (2, "puppets"), (1, "felt board"),
    (1, "roll of masking tape"), (1, "note-taker’s laptop"), (1, "bell"), (6, "carpet squares"),
    (1, "bag of clementines"), (3, "picture books that never fail"), (1, "power strip"), (1, "sign for the door"),
)  # fmt: skip
CONFERENCES = (
    "Prairie States Youth Services Conference", "Harbor Light Library Days", "Great Lakes Storytime Institute",
    "Northern Shelf Children’s Library Forum", "Southern Cross Early Years Symposium", "Little Readers Unconference",
    "The Big Rug: a day for storytime people", "Coastal Youth Library Congress", "Maple Leaf Early Literacy Summit",
    "Emerald Isle Children’s Books Weekend", "Four Corners KidLib Camp", "Bibliotheek voor kleintjes",
    "Kinderbibliothekstag", "Journées des petites oreilles",
)  # fmt: skip
CANCEL_REASONS = ("Snow", "I have lost my voice", "The room was double-booked", "Too few of us", "The host is ill")
NOTES = (
    "I’ll be ten minutes late.", "First time, a bit nervous!", "Can bring more shakers.", "I have a stick of my own.",
    "Could someone save me a seat by the wall?", "Coming straight from storytime, so covered in glitter.",
)  # fmt: skip
INTERESTS = (
    "babies and lap-sits", "toddlers, movement, very large drums", "sensory storytime", "two-language storytimes",
    "flannels, mostly sheep", "school visits", "starting out, looking for a mentor", "ukulele, three chords",
)  # fmt: skip
LIBRARIES = ("Mill Street Library", "Fox Hollow Branch", "Harbor Branch", "Central Library", "Elm Park Branch", "")
RECAP_HEADS = (
    "We were a table, then two tables, then most of the room. Here is what we kept.",
    "It rained, so we were few and it was lovely. Notes as they fell.",
    "Thanks to everyone who drew, answered, or simply sang along. The scribe could not keep up; add what is missing.",
    "A slow first ten minutes, and then nobody wanted to stop. The bakery turned the lights off at last.",
    "Half of us had never done this before. You would not have known.",
)  # fmt: skip
RECAP_TAILS = ("Next time somebody else holds the cup.", "A bell was left behind; is it yours?", "")
ASIDES = (
    "We tried it right there.", "Two people wrote it down at once.", "Somebody at the next table clapped.",
    "Everyone had a version of this.", "There was a short argument, and then a song.",
)  # fmt: skip
TIPS = (
    "Songs slow words down, so that small ears catch the pieces.", "Saying it three times is how a word moves in.",
    "Hands that clap a beat will tap out syllables later.", "Pointing at a picture is a conversation.",
    "Small movements of the fingers come before small movements of a crayon.",
)  # fmt: skip
DECK_TITLE = "Wiggles first"
DECK_ABOUT = "What we draw from when the room is cold, the chairs are too small and nobody wants to begin."
OWN_STICKS = (
    "Get a whole room to stand up without asking anybody to stand up.",
    "Lead a stretch that ends with everyone sitting down.",
    "Your scarf is a weather report. Read it out.",
)
PHOTO_ALT = "A teal paper cup with a yellow band stands on a wooden table, full of craft sticks."
FOLDER_NOTES = (
    "For Monday’s toddlers", "Needs the blue box", "Ask whether the scarves are washed", "Try it slower than they did",
    "Works for the big group?", "Keep for the rainy week",
)  # fmt: skip
TRIED_NOTES = (
    "Worked twice, then they saw through it.", "We did it with bells instead.", "The babies’ grown-ups loved it more.",
    "Twelve toddlers, one puddle, no regrets.", "Needs a smaller room than ours.", "They asked for it again next week.",
    "Fell flat at ten, went well at eleven.", "Shorter words helped.",
)  # fmt: skip
