"""One page with the kinds of elements that a policy could break; a script for `gallery_app.py`."""

import streamlit as st

st.set_page_config(page_title="Gallery")
with st.sidebar:
    st.page_link("https://example.org", label="Out")
st.title("Gallery")
st.markdown("A **bold** word, $x^2$, :material/home: and <b style='color:red'>red</b>", unsafe_allow_html=True)
st.markdown(
    '<svg viewBox="0 0 100 10" role="img" aria-label="bar"><rect width="40" height="10" style="fill:teal"/></svg>',
    unsafe_allow_html=True,
)
st.html("<style>.own{color:rgb(1, 2, 3)}</style><p class='own'>own style</p>")
value = st.slider("Slider", 0, 100, 40, key="slider")
st.text_input("Text", key="text")
st.number_input("Number", key="number")
st.selectbox("Select", ["a", "b"], key="select")
st.vega_lite_chart(
    {
        "data": {"values": [{"a": "x", "b": value}, {"a": "y", "b": 100 - value}]},
        "transform": [{"calculate": "datum.b * 2", "as": "c"}],
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {"x": {"field": "c", "type": "quantitative"}, "y": {"field": "a"}},
    },
    key="chart",
)
st.download_button("Download", b"hello", "hello.txt")
st.file_uploader("Upload", key="upload")
st.dataframe([{"a": 1}, {"a": 2}])
st.metric("Metric", value, chart_data=[1, 3, 2])

pressed = st.components.v2.component(
    "pressed",
    html="<button id='b'>press</button><output></output>",
    css="button{color:rgb(4, 5, 6)}",
    js="""export default function({parentElement, setTriggerValue}) {
        parentElement.querySelector('output').textContent = 'script ran';
        parentElement.querySelector('button').onclick = () => setTriggerValue('pressed', true);
    }""",
)(key="component", on_pressed_change=lambda: None)
st.write("pressed:", bool(pressed.pressed))

st.html("<script>document.documentElement.dataset.inline = 'ran'</script>", unsafe_allow_javascript=True)


def fail():
    """Fail as a mistake of ours would."""
    raise RuntimeError("secret detail")


@st.fragment
def part():
    """Fail when asked to."""
    if st.button("Fail in a fragment"):
        fail()


part()
st.button("Fail in a callback", on_click=fail)
if st.button("Fail in the script"):
    fail()
