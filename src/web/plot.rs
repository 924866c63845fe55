//! Charts for the page: on a canvas, or as the text of an SVG file.

use super::values::to_js;
use emberbook_plot as plot;
use emberbook_plot::color::Color;
use emberbook_plot::error::PlotError;
use emberbook_plot::frame::Frame;
use emberbook_plot::layout::{Area, Point};
use emberbook_plot::spec::Spec;
use emberbook_plot::surface::{Lettering, Pen, Stroke, Surface, UNITS_PER_DEVICE_PIXEL};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Draws `spec` on `canvas`, whose `width` and `height` are set to the spec's size in device pixels.
///
/// Answers the layout (`www/kit/chart/plot-spec.ts`, `PlotLayout`).
///
/// # Errors
/// A JavaScript `Error` with a sentence: what is wrong with the spec or the canvas.
#[wasm_bindgen]
pub fn draw(canvas: HtmlCanvasElement, spec: JsValue) -> Result<JsValue, JsValue> {
    let spec = read(&spec)?;
    spec.frame.check().map_err(thrown)?;
    let mut surface = CanvasSurface::new(canvas, &spec.frame)?;
    let layout = plot::draw(&mut surface, &spec.frame, &spec.chart).map_err(thrown)?;
    surface.pen.present().map_err(thrown)?;
    to_js(&layout)
}

/// `spec` as the text of an SVG file.
///
/// # Errors
/// A JavaScript `Error` with a sentence: what is wrong with the spec.
#[wasm_bindgen]
pub fn svg(spec: JsValue) -> Result<String, JsValue> {
    plot::svg::svg(&read(&spec)?).map_err(thrown)
}

fn read(spec: &JsValue) -> Result<Spec, JsValue> {
    Spec::read(|| serde_wasm_bindgen::Deserializer::from(spec.clone()))
        .map_err(|error| thrown(PlotError::new(error.to_string())))
}

fn thrown(error: PlotError) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// A canvas under plotters. Shapes are drawn on a grid finer than the device's pixels, text in CSS pixels:
/// fonts choose their shapes by size, and a tenth of a hundred pixels is not the same as ten.
struct CanvasSurface {
    pen: Pen<CanvasBackend>,
    context: CanvasRenderingContext2d,
    pixel_ratio: f64,
}

impl CanvasSurface {
    fn new(canvas: HtmlCanvasElement, frame: &Frame) -> Result<Self, JsValue> {
        // Setting a size, even the same, also clears the canvas and resets its state.
        canvas.set_width((frame.width * frame.pixel_ratio).round() as u32);
        canvas.set_height((frame.height * frame.pixel_ratio).round() as u32);
        let no_context = || thrown(PlotError::new("this canvas has no 2D context"));
        let context: CanvasRenderingContext2d =
            canvas.get_context("2d")?.ok_or_else(no_context)?.dyn_into().map_err(|_| no_context())?;
        context.set_line_join("round");
        context.set_line_cap("round");
        let backend = CanvasBackend::with_canvas_object(canvas).ok_or_else(no_context)?;
        let surface =
            Self { pen: Pen::new(backend, frame.pixel_ratio), context, pixel_ratio: frame.pixel_ratio };
        surface.use_grid().map_err(thrown)?;
        Ok(surface)
    }

    /// One unit is a fraction of a device pixel.
    fn use_grid(&self) -> Result<(), PlotError> {
        let scale = 1.0 / UNITS_PER_DEVICE_PIXEL;
        self.transform(scale, (0.0, 0.0))
    }

    fn transform(&self, scale: f64, (x, y): Point) -> Result<(), PlotError> {
        self.context
            .set_transform(scale, 0.0, 0.0, scale, x, y)
            .map_err(|_| PlotError::new("the canvas took no transform"))
    }
}

impl Surface for CanvasSurface {
    fn path(&mut self, points: &[Point], stroke: Stroke) -> Result<(), PlotError> {
        self.pen.path(points, stroke)
    }

    fn polygon(&mut self, points: &[Point], fill: Color) -> Result<(), PlotError> {
        self.pen.polygon(points, fill)
    }

    fn disc(&mut self, center: Point, radius: f64, fill: Color) -> Result<(), PlotError> {
        self.pen.disc(center, radius, fill)
    }

    fn ring(&mut self, center: Point, radius: f64, stroke: Stroke) -> Result<(), PlotError> {
        self.pen.ring(center, radius, stroke)
    }

    fn rectangle(&mut self, area: Area, fill: Color) -> Result<(), PlotError> {
        self.pen.rectangle(area, fill)
    }

    fn text(&mut self, text: &str, (x, y): Point, lettering: Lettering) -> Result<(), PlotError> {
        // The position goes into the transform, where it need not be a whole number.
        self.transform(self.pixel_ratio, (x * self.pixel_ratio, y * self.pixel_ratio))?;
        let drawn = self.pen.text(text, (0, 0), lettering.size, lettering);
        self.use_grid()?;
        drawn
    }

    fn snap(&self, position: f64) -> f64 {
        self.pen.snap(position)
    }
}
