/**
 * Learning from one's own data, in a few lines: rows of numbers and labels that keep coming go into
 * a {@link io.nnem.learners.MemoryClassifier}, numbers into a {@link
 * io.nnem.learners.MemoryRegressor}, and what comes out is an answer with the memories that speak
 * for it.
 *
 * <pre>{@code
 * try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
 *   classifier.partialFit(rows, labels);                 // float[][] and String[], again and again
 *   Prediction prediction = classifier.predict(row);     // from any number of threads
 *   System.out.println(prediction.label() + ", familiarity " + prediction.familiarity());
 *   prediction.evidence().forEach(System.out::println);  // the memories that say so
 *   classifier.save(file);
 * }
 * try (MemoryClassifier classifier = MemoryClassifier.load(file)) { // in another process
 *   System.out.println(classifier.score(rows, labels));
 * }
 * }</pre>
 *
 * <p>A {@link io.nnem.learners.DurableNetwork} keeps one in a folder, so that no call is lost when
 * the process or the machine dies.
 *
 * <p>Both are a {@link io.nnem.credit.MemoryNetwork} with the settings that {@link
 * io.nnem.learners.LearnerBuilder#options} lists, on the back end {@code nd4j}. This module is the
 * one dependency that an application needs.
 */
package io.nnem.learners;
