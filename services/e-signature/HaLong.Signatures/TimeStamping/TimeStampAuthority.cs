using System.Formats.Asn1;
using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cmp;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Tsp;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;

namespace HaLong.Signatures.TimeStamping;

/// <summary>
/// A time-stamp authority (RFC 3161) for pilots: states when a hash existed, by the clock of this machine. It keeps nothing.
/// </summary>
internal sealed class TimeStampAuthority(Responders responders, IOptions<TimeStampOptions> options, TimeProvider time,
    SignatureTelemetry telemetry)
{
    public const int MaxQueryBytes = 8 * 1024;
    private const int MaxNonceBits = 256;
    private const string TokenInfo = "1.2.840.113549.1.9.16.1.4";

    private static readonly Dictionary<string, int> Imprints = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = SHA256.HashSizeInBytes,
        ["2.16.840.1.101.3.4.2.2"] = SHA384.HashSizeInBytes,
        ["2.16.840.1.101.3.4.2.3"] = SHA512.HashSizeInBytes,
    };

    /// <returns>TimeStampResp, DER; refusals are answers too.</returns>
    public async Task<byte[]> AnswerAsync(byte[] query, CancellationToken ct)
    {
        if (Read(query) is not { } request)
            return Refuse(PkiFailureInfo.BadDataFormat, "badDataFormat", "The query is not a TimeStampReq.");
        if (WhyNot(request) is { } refusal)
            return refusal;
        try
        {
            var key = await responders.GetAsync(AuthorityKind.TimeStamp, ct);
            var info = new TstInfo(
                new DerObjectIdentifier(options.Value.Policy), new MessageImprint(request.MessageImprintAlgID, request.GetMessageImprintDigest()),
                new DerInteger(SerialNumber()), new Asn1GeneralizedTime(Now()), new Accuracy(DerInteger.ValueOf(options.Value.AccuracySeconds),
                    null, null), DerBoolean.False, request.Nonce is null ? null : new DerInteger(request.Nonce), null, null);
            var token = CmsWriter.Enclose(TokenInfo, info.GetDerEncoded(), key, request.CertReq);
            telemetry.TimeStampIssued();
            return new TimeStampResp(new PkiStatusInfo((int)PkiStatus.Granted), ContentInfo.GetInstance(token)).GetDerEncoded();
        }
        catch (Exception e) when (e is ErrorException or Npgsql.NpgsqlException or InvalidOperationException { InnerException: Npgsql.NpgsqlException })
        {
            return Refuse(PkiFailureInfo.SystemFailure, "systemFailure", "The authority is not ready. Try again later.");
        }
    }

    private static TimeStampRequest? Read(byte[] query)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(query, AsnEncodingRules.BER, out _, out _, out var length);
            // Something behind the query was meant for somebody else.
            return length == query.Length && query.Length <= MaxQueryBytes ? new TimeStampRequest(query) : null;
        }
        // Hostile input makes the parser fail in many ways; whichever it is, this is not a query.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private byte[]? WhyNot(TimeStampRequest request)
    {
        if (request.Version != 1 || request.Nonce?.BitLength > MaxNonceBits)
            return Refuse(PkiFailureInfo.BadRequest, "badRequest", "Only version 1, with a nonce of at most 256 bits.");
        if (!Imprints.TryGetValue(request.MessageImprintAlgOid, out var length))
            return Refuse(PkiFailureInfo.BadAlg, "badAlg", "Hash with SHA-256, SHA-384 or SHA-512.");
        if (request.GetMessageImprintDigest().Length != length)
            return Refuse(PkiFailureInfo.BadDataFormat, "badDataFormat", "The hash has not the length of its algorithm.");
        if (request.ReqPolicy is { } policy && policy != options.Value.Policy)
            return Refuse(PkiFailureInfo.UnacceptedPolicy, "unacceptedPolicy", "Only policy " + options.Value.Policy + ".");
        // RFC 3161 §2.4.1: an extension that is not recognised is refused, critical or not.
        return request.HasExtensions
            ? Refuse(PkiFailureInfo.UnacceptedExtension, "unacceptedExtension", "No extensions are supported.")
            : null;
    }

    private byte[] Refuse(int failure, string word, string text)
    {
        telemetry.TimeStampRefused(word);
        return new TimeStampResp(new PkiStatusInfo((int)PkiStatus.Rejection, new PkiFreeText(new DerUtf8String(text)), new PkiFailureInfo(failure)),
            null).GetDerEncoded();
    }

    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>128 random bits: replicas never meet, and need not agree.</summary>
    private static BigInteger SerialNumber() => new(1, RandomNumberGenerator.GetBytes(16));
}
