//! What mail servers say goes through the fuzzer's target: the seeds, however they are cut.

#[test]
fn every_seed_goes_through_the_fuzzer_s_target() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/imap");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let mut seed = std::fs::read(entry.unwrap().path()).unwrap();
        for cut in 0..16 {
            seed[0] = cut;
            crate::target::imap(&seed);
        }
        count += 1;
    }
    assert!(count >= 8, "{count} seeds");
}
