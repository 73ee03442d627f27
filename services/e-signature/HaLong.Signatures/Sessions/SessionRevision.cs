using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Providers;
using HaLong.Signatures.TimeStamping;

namespace HaLong.Signatures.Sessions;

/// <summary>A signature that lacks its value, in the form that is stored, and what the signer signs.</summary>
internal sealed record StoredSignature(byte[] Prepared, byte[] Hash);

/// <summary>PAdES in two steps that may lie minutes, processes and replicas apart.</summary>
internal static class SessionRevision
{
    /// <param name="pdf">The file as it stands.</param>
    /// <param name="credential">Who signs, and how.</param>
    /// <param name="purpose">Stands beside the signature.</param>
    /// <param name="now">The claimed time.</param>
    /// <returns>SIG-0002, 0004, 0005 or 0007 when the file cannot be read or must not be changed.</returns>
    public static Result<StoredSignature> Prepare(ReadOnlyMemory<byte> pdf, ProviderCredential credential, string purpose, DateTimeOffset now)
    {
        try
        {
            var name = credential.Chain[0].GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            // Dates in PDF have whole seconds.
            var claimed = TimeZoneInfo.ConvertTime(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), LocalTime.Zone);
            var prepared = PadesSigner.Prepare(pdf, credential.Chain, credential.Algorithm, new SignatureDetails(name, purpose, "", claimed));
            return new StoredSignature(prepared.Serialise(), prepared.HashToSign);
        }
        catch (PdfException e)
        {
            return ErrorOf(e.Fault);
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

    public static Error ErrorOf(PdfFault fault) => fault switch
    {
        PdfFault.NotPdf => SignatureErrors.NotPdf,
        PdfFault.Encrypted => SignatureErrors.Encrypted,
        PdfFault.Locked => SignatureErrors.Locked,
        _ => SignatureErrors.Malformed,
    };
}
