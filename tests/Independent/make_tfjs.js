// Makes layers models of TensorFlow.js with their outputs: node make_tfjs.js FOLDER (npm install @tensorflow/tfjs)
const tf = require('@tensorflow/tfjs');
const fs = require('fs');
const path = require('path');

const random = (() => { let s = 7; return () => (s = (s * 16807) % 2147483647) / 2147483647; })();
const numbers = shape => tf.tensor(Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.round((random() * 2 - 1) * 1000) / 1000), shape);

function cnn() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [7, 6, 2], filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu' }));
  model.add(tf.layers.batchNormalization({ epsilon: 0.002 }));
  model.add(tf.layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }));
  model.add(tf.layers.averagePooling2d({ poolSize: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 4, activation: 'softmax' }));
  return model;
}

function text() {
  const model = tf.sequential();
  model.add(tf.layers.embedding({ inputDim: 9, outputDim: 5, inputLength: 6 }));
  model.add(tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 3, returnSequences: true }), mergeMode: 'concat' }));
  model.add(tf.layers.gru({ units: 4 }));
  model.add(tf.layers.dropout({ rate: 0.3 }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
  return model;
}

function graph() {
  const a = tf.input({ shape: [5], name: 'a' }), b = tf.input({ shape: [3], name: 'b' });
  const shared = tf.layers.dense({ units: 4, activation: 'elu', name: 'left' }).apply(a);
  const other = tf.layers.dense({ units: 4, useBias: false, name: 'right' }).apply(b);
  const sum = tf.layers.add().apply([shared, other]);
  const joined = tf.layers.concatenate().apply([sum, shared]);
  return tf.model({ inputs: [a, b], outputs: [tf.layers.dense({ units: 2, name: 'out' }).apply(joined), tf.layers.leakyReLU({ alpha: 0.15 }).apply(sum)] });
}

async function save(name, model, inputs) {
  for (const layer of model.layers) {
    const weights = layer.getWeights();
    if (weights.length) layer.setWeights(weights.map((w, i) => layer.getClassName() === 'BatchNormalization' && i === 3 ? numbers(w.shape).abs().add(0.1) : numbers(w.shape)));
  }
  const folder = path.join(process.argv[2], name);
  fs.mkdirSync(folder, { recursive: true });
  await model.save(tf.io.withSaveHandler(async artifacts => {
    fs.writeFileSync(path.join(folder, 'weights.bin'), Buffer.from(artifacts.weightData));
    fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify({
      format: 'layers-model', generatedBy: artifacts.generatedBy, convertedBy: null, modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: ['./weights.bin'], weights: artifacts.weightSpecs }] }));
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  }));
  const outputs = [].concat(model.predict(inputs.length > 1 ? inputs : inputs[0]));
  const entry = t => ({ shape: t.shape, data: Array.from(t.dataSync()) });
  fs.writeFileSync(path.join(folder, 'expected.json'), JSON.stringify({ inputs: inputs.map(entry), outputs: outputs.map(entry) }));
}

(async () => {
  await tf.setBackend('cpu');
  await save('cnn', cnn(), [numbers([3, 7, 6, 2])]);
  await save('text', text(), [tf.tensor([[1, 2, 3, 4, 5, 6], [8, 7, 0, 1, 1, 3]])]);
  await save('graph', graph(), [numbers([3, 5]), numbers([3, 3])]);
  console.log(tf.version.tfjs);
})();
