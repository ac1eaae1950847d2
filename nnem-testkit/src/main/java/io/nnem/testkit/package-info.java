/**
 * Contracts that a plug-in's author extends, one for each kind of plug-in: supply a factory, and
 * every law that applies runs as JUnit 5 tests, each of which says its number ({@link
 * io.nnem.testkit.Law}).
 *
 * <table>
 * <caption>Which contract for which plug-in</caption>
 * <tr><th>plug-in</th><th>contract</th></tr>
 * <tr><td>back end</td><td>{@link io.nnem.testkit.TensorsContract}</td></tr>
 * <tr><td>embedder</td><td>{@link io.nnem.testkit.EmbedderContract}</td></tr>
 * <tr><td>decoder</td><td>{@link io.nnem.testkit.DecoderContract}</td></tr>
 * <tr><td>memory store</td><td>{@link io.nnem.testkit.MemoryStoreContract}</td></tr>
 * <tr><td>eviction policy</td><td>{@link io.nnem.testkit.EvictionPolicyContract}</td></tr>
 * <tr><td>recall</td><td>{@link io.nnem.testkit.RecallContract}</td></tr>
 * <tr><td>credit assigner</td><td>{@link io.nnem.testkit.CreditAssignerContract}</td></tr>
 * <tr><td>key refresher</td><td>{@link io.nnem.testkit.KeyRefresherContract}</td></tr>
 * </table>
 *
 * <p>A law that a plug-in does not claim is shown as skipped, never as passed. Whatever is drawn
 * comes from one seed, which is printed once and can be set with {@code -Dnnem.seed=}. What each
 * law guarantees, and what it is known to catch, is in {@code docs/laws.md}.
 */
package io.nnem.testkit;
