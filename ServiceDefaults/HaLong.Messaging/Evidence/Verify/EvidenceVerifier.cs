using System.Data;
using System.Text.Json;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>
/// Looks at a service's evidence from end to end: rows, heads, anchors, the witness's copies and their time-stamps, facts still in the outbox. Streams: a
/// million rows take some ten seconds and the memory of one. The database is read as it was at one moment, while the service goes on.
/// </summary>
internal sealed partial class EvidenceVerifier(NpgsqlDataSource database, IWitness witness, EvidenceOwner owner, ILogger<EvidenceVerifier> log)
{
    public const int ProgressStep = 100_000;

    public async Task<VerificationReport> RunAsync(EvidenceMonths months, Action<long>? progress, CancellationToken ct)
    {
        var findings = new FindingList();
        await using var connection = await database.OpenConnectionAsync(ct);
        var reader = new EvidenceReader(connection, owner.Name);
        // In this order: what the witness has, this database has had before it is looked at.
        var before = await reader.AnchorsAsync(months, ct);
        var kept = await KeptAsync(months, ct);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var anchors = AnchorComparison.Compare(before, kept, await reader.AnchorsAsync(months, ct), findings);
        var check = new ChainCheck(await reader.BeforeAsync(months, ct), await reader.HeadsAsync(months, ct), anchors, findings);
        await foreach (var row in reader.RowsAsync(months, ct))
        {
            check.Next(row);
            if (check.Rows % ProgressStep == 0)
            {
                progress?.Invoke(check.Rows);
            }
        }

        check.End();
        await CheckFactsAsync(reader, findings, ct);
        var report = new VerificationReport(
            owner.Name, check.Rows, await reader.WaitingAsync(ct), anchors.Count, kept is not null, findings.Count, findings.Items);
        if (report.Problems > 0)
        {
            Damaged(log, report.Problems);
        }

        return report;
    }

    private async Task<List<KeptAnchorEntry>?> KeptAsync(EvidenceMonths months, CancellationToken ct)
    {
        var kept = new List<KeptAnchorEntry>();
        try
        {
            await foreach (var anchor in witness.ReadAsync(owner.Name, months.From, months.To, ct))
            {
                kept.Add(anchor);
            }

            return kept;
        }
        catch (Exception e) when (e is ErrorException or Grpc.Core.RpcException or HttpRequestException or InvalidOperationException && !ct.IsCancellationRequested)
        {
            NoWitness(log, e);
            return null;
        }
    }

    /// <summary>A fact that waits for the bus must have its evidence, with the same content: the trace of rows that were never chained.</summary>
    private static async Task CheckFactsAsync(EvidenceReader reader, FindingList findings, CancellationToken ct)
    {
        await foreach (var (id, type, payload, hash) in reader.FactsAsync(ct))
        {
            using var json = JsonDocument.Parse(payload);
            if (hash is null)
            {
                findings.Add("UNRECORDED", 0, null, id, $"the fact {type} waits for the bus and its evidence is gone");
            }
            else if (!CanonicalJson.Hash(json.RootElement).AsSpan().SequenceEqual(hash))
            {
                findings.Add("CONTENT_CHANGED", 0, null, id, $"the fact {type} waits for the bus and is not what its evidence says");
            }
        }
    }

    [LoggerMessage(1185, LogLevel.Critical, "The evidence was tampered with: {Problems} findings")]
    private static partial void Damaged(ILogger log, long problems);

    [LoggerMessage(1186, LogLevel.Warning, "The witness could not be asked; the evidence was held against this service's own anchors only")]
    private static partial void NoWitness(ILogger log, Exception e);
}
