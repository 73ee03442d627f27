using HaLong.Bench;
using HaLong.Bench.Limits;
using HaLong.Bench.Notices;
using HaLong.Bench.Notify;
using HaLong.Bench.Payments;
using HaLong.Bench.Queues;
using HaLong.Bench.Scenarios;
using HaLong.Bench.Seed;
using HaLong.Bench.Statistics;

return args switch
{
    [KestrelLimit.ServeCommand] => await KestrelLimit.ServeAsync(),
    ["submit", .. var options] => await SubmitScenario.RunAsync(BenchOptions.Parse(options)),
    ["identity", .. var options] => await IdentityScenario.RunAsync(BenchOptions.Parse(options)),
    ["deadline", .. var options] => await DeadlineScenario.RunAsync(BenchOptions.Parse(options)),
    ["sign", .. var options] => await SignScenario.RunAsync(BenchOptions.Parse(options)),
    ["codes", .. var options] => await CodesScenario.RunAsync(BenchOptions.Parse(options)),
    ["catalogue", .. var options] => await CatalogueScenario.RunAsync(BenchOptions.Parse(options)),
    ["seed", .. var options] => await SeedScenario.RunAsync(options),
    ["queues", .. var options] => await QueueScenario.RunAsync(BenchOptions.Parse(options)),
    ["statistics", .. var options] => await StatisticsScenario.RunAsync(BenchOptions.Parse(options)),
    ["evidence", .. var options] => await EvidenceScenario.RunAsync(BenchOptions.Parse(options)),
    ["notify", .. var options] => await NotifyScenario.RunAsync(BenchOptions.Parse(options)),
    ["payment", .. var options] => await PaymentScenario.RunAsync(BenchOptions.Parse(options)),
    ["codes-first", .. var options] => await CodesFirstScenario.RunAsync(BenchOptions.Parse(options)),
    _ => BenchOptions.Usage(),
};
