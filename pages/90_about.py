from ui import reading

reading.page("about")
