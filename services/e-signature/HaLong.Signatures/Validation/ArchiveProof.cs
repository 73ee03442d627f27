using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>
/// What the newest document time-stamp that holds keeps: everything before it existed then, the signatures and what is needed to check them. That
/// is level B-LTA where it is enough.
/// </summary>
/// <param name="Stamp">The time-stamp.</param>
/// <param name="Inspector">Judges by what the file held when it was stamped.</param>
internal sealed record ArchiveProof(DocumentTimeStamp Stamp, RevocationInspector Inspector)
{
    public static ArchiveProof? Of(PdfFile file, IEnumerable<DocumentTimeStamp> stamps, Trust trust, DateTimeOffset now)
    {
        var newest = stamps.Where(s => s is { Finding.At: not null, Range: not null }).MaxBy(s => s.Range!.End);
        return newest is null ? null
            : new ArchiveProof(newest, new RevocationInspector(trust, ValidationData.Of(PdfFile.Open(file.Bytes[..newest.Range!.End])), now));
    }

    /// <param name="end">Where what the signature covers ends.</param>
    /// <param name="signer">Chain of the signer.</param>
    /// <param name="proof">What proves the time of the signature.</param>
    public bool Keeps(int end, IReadOnlyList<byte[]> signer, TimeStampFinding proof) => Stamp.Covers(end) && proof is { At: { } at, Chain: { } stampers }
        && Inspector.StandsAlone(signer, at) && (ReferenceEquals(proof, Stamp.Finding) || Inspector.StandsAlone(stampers, at));
}
