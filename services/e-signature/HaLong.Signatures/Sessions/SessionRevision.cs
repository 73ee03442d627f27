using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Sessions;

/// <summary>A signature that lacks its value, in the form that is stored, and what the signer signs.</summary>
internal sealed record StoredSignature(byte[] Prepared, byte[] Hash);

/// <summary>PAdES in two steps that may lie minutes, processes and replicas apart.</summary>
internal static class SessionRevision
{
    /// <param name="pdf">The file as it stands.</param>
    /// <param name="target">Who signs, and how.</param>
    /// <param name="pick">What, for which purpose, and where it is to be seen.</param>
    /// <param name="now">The claimed time.</param>
    /// <returns>SIG-0002, 0004, 0005, 0007 or 0505 when the file cannot be read, must not be changed, or has no such place.</returns>
    public static Result<StoredSignature> Prepare(ReadOnlyMemory<byte> pdf, OrderTarget target, Pick pick, DateTimeOffset now)
    {
        var credential = target.Credential;
        try
        {
            var name = credential.Chain[0].GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            // Dates in PDF have whole seconds.
            var claimed = TimeZoneInfo.ConvertTime(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), LocalTime.Zone);
            var prepared = PadesSigner.Prepare(pdf, credential.Chain, credential.Algorithm, new SignatureDetails(name, pick.Session.Purpose, "", claimed),
                Appearance(pick.Signer.Place, pick.Document.Number), target.Evidence);
            return new StoredSignature(prepared.Serialise(), prepared.HashToSign);
        }
        catch (PdfException e)
        {
            return PdfErrors.Of(e.Fault);
        }
    }

    /// <param name="stored">What was stored.</param>
    /// <param name="value">The value that the provider gave.</param>
    /// <param name="stamp">Obtains a time-stamp; null when there is none to be had, which leaves level B.</param>
    /// <returns>The bytes to append; SIG-0325 when the value is none by that key over that hash, so that nobody is asked to stamp it.</returns>
    public static async Task<Result<SignedRevision>> CompleteAsync(byte[] stored, byte[] value, Func<byte[], Task<ObtainedTimeStamp?>> stamp)
    {
        var prepared = PreparedSignature.Read(stored);
        if (!prepared.Fits(value))
            return SessionErrors.NotValid;
        var signed = prepared.Complete(value, await stamp(value));
        return signed.IsSuccess ? signed.Value : SessionErrors.NotValid;
    }

    /// <summary>How a signer's signature shows in a document; null when it does not.</summary>
    public static SignatureAppearance? Appearance(VisiblePlace? place, int document) => place is not null && place.Document == document
        ? new SignatureAppearance(Page: place.Page, Place: new PdfBox(place.X, place.Y, place.X + place.Width, place.Y + place.Height))
        : null;
}
