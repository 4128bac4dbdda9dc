import sys

from verktyg.kommandon import main

sys.exit(main(sys.argv[1:]))
