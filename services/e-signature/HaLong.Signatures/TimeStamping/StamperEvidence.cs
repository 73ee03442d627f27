using System.Collections.Concurrent;
using System.Security.Cryptography;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.TimeStamping;

/// <summary>
/// What is needed to check the time-stamps of other authorities, gathered before they stamp: evidence lies in the revision that is signed. Which
/// certificates an authority uses is seen from its last answer, so the first time-stamp of an authority gives level B-T and the following ones
/// B-LT, where the status can be learned at all.
/// </summary>
internal sealed class StamperEvidence(TimeStampClient stamps, StatusClient status, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Stamper, ValidationData? Data, DateTimeOffset At)> known = new(StringComparer.Ordinal);

    /// <summary>Learns what is not known yet or too old. Takes at most a few seconds, and none while nothing is due.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        foreach (var (url, chain) in stamps.Others)
        {
            var (stamper, now) = (Convert.ToHexString(SHA256.HashData(chain[0])), time.GetUtcNow());
            if (known.TryGetValue(url, out var last) && last.Stamper == stamper && (now - last.At).Duration() < (last.Data is null ? Rest : MaxAge))
                continue;
            // Marked first: one request asks, the others sign meanwhile with what is known.
            known[url] = (stamper, last.Stamper == stamper ? last.Data : null, now);
            if (await status.LearnAsync(chain, now, ValidationData.None, ct) is { } data)
                known[url] = (stamper, data with { Stampers = [stamper] }, now);
        }
    }

    /// <summary>All that is known.</summary>
    public ValidationData Known() => known.Values.Select(k => k.Data).OfType<ValidationData>().Aggregate(ValidationData.None, (all, one) => all.And(one));
}
