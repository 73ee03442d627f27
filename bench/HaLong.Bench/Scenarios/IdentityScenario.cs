using System.Net;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Machine;
using HaLong.Bench.Results;
using HaLong.Cli.Platform;
using Spectre.Console;

namespace HaLong.Bench.Scenarios;

/// <summary>
/// Sign-ins, tokens and validated requests per second, each as a share of what this machine signs and verifies in the same minutes.
/// </summary>
internal sealed class IdentityScenario(PlatformFile platform, BenchOptions options, TokenClients clients)
{
    private readonly ResultFile _result = new("identity", MachineInfo.Describe(), [], [], []);
    private int _errors;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var platform = PlatformFile.Read(options.RunDirectory) ?? throw new InvalidOperationException($"No platform.json in {options.RunDirectory}: start the platform first (./run.sh --detach).");
        using var clients = new TokenClients(platform);
        return await new IdentityScenario(platform, options, clients).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]identity[/] on {MachineInfo.Describe()}, through {platform.Gateway}");
        var raw = await SignatureLimit.MeasureAsync(TimeSpan.FromSeconds(Math.Min(3, options.StepSeconds)));
        var kestrel = await KestrelLimit.MeasureAsync((int)Math.Ceiling(Math.Min(3, options.StepSeconds)));

        var signIns = await MeasureAsync("sign_ins", TokenClients.Workers, clients.SignInAsync);
        var flows = await MeasureAsync("code_flows", TokenClients.Workers, clients.CodeFlowAsync);
        var refreshes = await MeasureAsync("refreshes", TokenClients.Workers, clients.RefreshAsync);
        var tokens = await MeasureAsync("client_tokens", 8, _ => clients.ClientCredentialsAsync());

        // A partner's token is a good one without the right to dossiers: checked in full, then refused before anything else is done.
        var token = await clients.ClientCredentialsAsync();
        var (service, gateway) = (clients.At("dossier", "/api/v1/dossiers"), new Uri(new Uri(platform.Gateway), "/api/v1/events?limit=1"));
        var validated = await MeasureAsync("validated_requests", 16, _ => clients.AskAsync(service, token, HttpStatusCode.Forbidden));
        var without = await MeasureAsync("requests_without_token", 16, _ => clients.AskAsync(service, null, HttpStatusCode.Unauthorized));
        var read = await MeasureAsync("reads_through_gateway", 16, _ => clients.AskAsync(gateway, token, HttpStatusCode.OK));

        var (limits, ratios) = (_result.Limits, _result.Ratios);
        (limits["rs256_signs_per_second"], limits["rs256_verifies_per_second"]) = (raw.RsaSigns, raw.RsaVerifies);
        (limits["es256_signs_per_second"], limits["es256_verifies_per_second"]) = (raw.EcdsaSigns, raw.EcdsaVerifies);
        limits["kestrel_requests_per_second"] = kestrel;
        ratios["rs256_verify_to_es256_verify"] = raw.RsaVerifies / raw.EcdsaVerifies;
        ratios["es256_sign_to_rs256_sign"] = raw.EcdsaSigns / raw.RsaSigns;
        ratios["sign_ins_to_rs256_signs"] = signIns / raw.RsaSigns;
        ratios["code_flows_to_rs256_signs"] = flows / raw.RsaSigns;
        ratios["refreshes_to_rs256_signs"] = refreshes / raw.RsaSigns;
        ratios["client_tokens_to_rs256_signs"] = tokens / raw.RsaSigns;
        ratios["validated_requests_to_rs256_verifies"] = validated / raw.RsaVerifies;
        ratios["validated_requests_to_requests_without_token"] = validated / without;
        ratios["validated_requests_to_kestrel"] = validated / kestrel;
        ratios["reads_through_gateway_to_rs256_verifies"] = read / raw.RsaVerifies;
        _result.Metrics["errors"] = _errors;
        ResultTables.Print(_result);
        AnsiConsole.MarkupLineInterpolated($"written to {_result.Write(options.OutputDirectory)}");
        return _errors == 0 ? 0 : 1;
    }

    private async Task<double> MeasureAsync(string name, int workers, Func<int, Task> work)
    {
        // Code that was just started is compiled while it runs.
        var duration = TimeSpan.FromSeconds(options.StepSeconds);
        await ClosedLoop.RunAsync(workers, duration / 4, work);
        var before = CpuMeter.Read(platform.Resources);
        var result = await ClosedLoop.RunAsync(workers, duration, work);
        var cpu = CpuMeter.Read(platform.Resources).Sum(r => r.Value - before.GetValueOrDefault(r.Key)) / Math.Max(1, result.Completed);
        AnsiConsole.MarkupLineInterpolated(
            $"{name,-24} {result.PerSecond,9:0.0}/s  p50 {result.Latency.Milliseconds(0.5),7:0.0} ms  p99 {result.Latency.Milliseconds(0.99),7:0.0} ms  CPU {cpu,6:0.00} ms each  errors {result.ErrorCount} {string.Join(", ", result.Errors.Select(e => $"{e.Key}: {e.Value}"))}");
        _errors += result.ErrorCount;
        _result.Metrics[name + "_per_second"] = result.PerSecond;
        _result.Metrics[name + "_p50_milliseconds"] = result.Latency.Milliseconds(0.5);
        _result.Metrics[name + "_p99_milliseconds"] = result.Latency.Milliseconds(0.99);
        _result.Metrics[name + "_cpu_ms_each"] = cpu;
        return result.PerSecond;
    }
}
