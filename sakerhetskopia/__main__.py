from sakerhetskopia.kommandon import main

raise SystemExit(main())
