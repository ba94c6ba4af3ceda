/**
 * DJL engine "OpenVINO": models in the forms IR, ONNX, TensorFlow Lite and TensorFlow frozen graph,
 * with arrays of our own on which DJL's stock translators run. Knows no model in particular. A
 * loaded model may be used by many threads; a predictor belongs to one. Loading and computing run
 * on the caller's thread.
 */
@NullMarked
package dev.outrider.ai.openvino;

import org.jspecify.annotations.NullMarked;
