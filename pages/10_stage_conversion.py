from ui import stage_conversion

stage_conversion.page()
