from ui.calculators import where_to_push

where_to_push.page()
