"""`scorewright check` and `test` as an analyst waits for them: the whole process, cold and again."""

from statistics import median

from benchmarks.processes import run

ROUNDS = 7
SEVEN = (
    "bant_20", "client_health_100", "design_partner_25", "fit_intent_cloudhr", "fit_intent_taskflow",
    "lead_points_100", "provider_40",
)  # fmt: skip


def main() -> None:
    seven = [f"rules/{id}.yaml" for id in SEVEN]
    every = [(f"check {id}", ["check", path], 1) for id, path in zip(SEVEN, seven, strict=True)]
    every += [
        ("check of the seven, suites too", ["check", *seven], 3),
        ("check and run of the seven", ["test", *seven], 3),
        ("check of everything in rules/", ["check", "rules"], 3),
    ]
    print(f"whole processes, median of {ROUNDS} runs\n")
    print(f"  {'':32} {'seconds':>8} {'processor':>10} {'may take':>9}")
    for name, arguments, limit in every:
        rounds = [run(arguments) for _ in range(ROUNDS)]
        seconds, processor = median(r.seconds for r in rounds), median(r.processor for r in rounds)
        print(
            f"  {name:32} {seconds:8.2f} {processor:10.2f} {limit:9}{'' if seconds < limit else '  TOO SLOW'}"
        )


if __name__ == "__main__":
    main()
