using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging;

/// <summary>The run mode <c>evidence</c> of every service: finds what was altered, deleted, inserted or cut off, and names it.</summary>
internal static class EvidenceCommand
{
    private const string Usage = """
        evidence verify [--from yyyy-MM] [--to yyyy-MM]
            0 as it was written   1 tampered with   2 wrong arguments   3 as it was written, but the witness could not be asked
        evidence resume
            after a database was restored to an earlier moment: the chain goes on behind the anchors of the witness; what was lost stays missing
        """;

    public static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output)
    {
        if (args is ["resume"])
        {
            var taken = await services.GetRequiredService<EvidenceResumption>().RunAsync(CancellationToken.None);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{taken} anchors taken over from the witness."));
            return 0;
        }

        if (Months(args) is not { } months)
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var report = await services.GetRequiredService<EvidenceVerifier>().RunAsync(
            months, rows => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows…")), CancellationToken.None);
        foreach (var finding in report.Findings)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{finding.Problem}  partition {finding.Partition}  position {finding.Position?.ToString(CultureInfo.InvariantCulture) ?? "-"}  id {finding.Id?.ToString() ?? "-"}  {finding.Detail}"));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{report.Service}: {report.Rows} rows, {report.Anchors} anchors, {report.Waiting} not chained yet, {report.Problems} problems"));
        if (!report.Witnessed)
        {
            await output.WriteLineAsync("The witness could not be asked.");
        }

        return report.Problems > 0 ? 1 : report.Witnessed ? 0 : 3;
    }

    private static EvidenceMonths? Months(string[] args) => args switch
    {
        ["verify"] => EvidenceMonths.All,
        ["verify", "--from", var from] => EvidenceMonths.Parse(from, null),
        ["verify", "--to", var to] => EvidenceMonths.Parse(null, to),
        ["verify", "--from", var from, "--to", var to] => EvidenceMonths.Parse(from, to),
        _ => null,
    };
}
