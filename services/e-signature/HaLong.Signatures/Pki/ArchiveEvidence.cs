using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Pki;

/// <summary>Gathers what is needed to check everything in a signed file later: each signature, each time-stamp, and the one to come.</summary>
internal sealed class ArchiveEvidence(StatusClient status, ValidationEvidence own)
{
    /// <param name="report">What validation found.</param>
    /// <param name="present">What the file holds.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when the status of a certificate cannot be learned.</returns>
    public async Task<ValidationData?> CollectAsync(ValidationReport report, ValidationData present, CancellationToken ct)
    {
        await own.PrepareAsync(ct);
        var all = ValidationData.None;
        foreach (var (key, relied, late) in report.Signatures.Select(s => (s.EvidenceKey, s.Relied, s.LateTimeStamp))
            .Concat(report.TimeStamps.Where(t => t.At is not null).Select(t => (t.EvidenceKey, t.Relied, (byte[]?)null))))
        {
            var single = new ValidationData([], [], []);
            foreach (var chain in relied)
            {
                if (await status.LearnAsync(chain.Certificates, chain.At, present.And(all), ct) is not { } learned)
                    return null;
                single = single.And(learned);
            }

            all = all.And(single with
            {
                Signatures = [new SignatureEvidence(key, single.Certificates, single.Answers, single.Lists) { TimeStamp = late }],
            });
        }

        return all.And(await own.ForStampAsync(ct));
    }
}
