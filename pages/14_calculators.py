from ui import laboratory

laboratory.page()
