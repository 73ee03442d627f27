using System.Collections.Concurrent;
using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using Microsoft.Extensions.Options;
using Npgsql;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using CertStatus = Org.BouncyCastle.Ocsp.CertificateStatus;

namespace HaLong.Signatures.Pki;

/// <summary>An answer in DER.</summary>
/// <param name="Der">OCSPResponse.</param>
/// <param name="MayBeKept">True when caches on the way may keep it: it answers everybody who asks the same.</param>
internal sealed record StatusAnswer(byte[] Der, bool MayBeKept);

/// <summary>
/// OCSP (RFC 6960): the status of the certificates that the issuing authority gave out, signed by a responder certified under it.
/// Answers without a nonce are signed once and kept; with one, only the status behind them is.
/// </summary>
internal sealed class StatusResponder(IServiceScopeFactory scopes, Authorities authorities, Responders responders,
    IOptions<PkiOptions> options, TimeProvider time, SignatureTelemetry telemetry)
{
    public const int MaxRequestBytes = 4 * 1024;
    private const int MaxQuestions = 10;
    private const int MaxNonceBytes = 128;
    private const int MaxKept = 20_000;
    private static readonly DerObjectIdentifier Nonce = OcspObjectIdentifiers.PkixOcspNonce;

    private readonly ConcurrentDictionary<string, (CertificateStatus Status, DateTimeOffset ReadAt)> statuses = new();
    private readonly ConcurrentDictionary<string, (byte[] Answer, DateTimeOffset SignedAt)> answers = new();

    public async Task<StatusAnswer> AnswerAsync(byte[] request, CancellationToken ct)
    {
        var (answer, outcome) = await TryAnswerAsync(request, ct);
        telemetry.StatusAnswered(outcome);
        return answer;
    }

    /// <summary>The answer "good" for a certificate that the caller has just found to be so; without asking the database.</summary>
    public async Task<byte[]> VouchAsync(string serialNumber, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var id = new CertificateID(new AlgorithmIdentifier(new DerObjectIdentifier("2.16.840.1.101.3.4.2.1")),
            new X509Certificate(chain.Issuing.RawData), new BigInteger(serialNumber, 16));
        return await KeptAsync("vouch:" + serialNumber, () => Task.FromResult(new List<(CertificateID, CertificateStatus)> { (id, CertificateStatus.Good) }), ct);
    }

    /// <summary>What was just changed here is asked for anew. Other replicas learn of it within <c>Pki:StatusSeconds</c>.</summary>
    public void Forget()
    {
        statuses.Clear();
        answers.Clear();
    }

    private async Task<(StatusAnswer Answer, string Outcome)> TryAnswerAsync(byte[] request, CancellationToken ct)
    {
        if (Read(request) is not { } asked)
            return (Refuse(OcspRespStatus.MalformedRequest), "malformed");
        try
        {
            var chain = await authorities.GetAsync(ct);
            var issuer = new X509Certificate(chain.Issuing.RawData);
            // Only the issuer itself, or whom it names, may speak about its certificates.
            if (!asked.Ids.TrueForAll(id => IsAbout(id, issuer)))
                return (Refuse(OcspRespStatus.Unauthorized), "unauthorized");
            // An answer that is kept is of a status read for it: else both ages would add up.
            return asked.Nonce is null
                ? (new StatusAnswer(await KeptAsync(Convert.ToHexString(SHA256.HashData(request)), () => StatusesAsync(asked.Ids, fresh: true, ct), ct), true), "kept")
                : (new StatusAnswer(await SignAsync(await StatusesAsync(asked.Ids, fresh: false, ct), asked.Nonce, ct), false), "signed");
        }
        catch (Exception e) when (e is ErrorException or NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            return (Refuse(OcspRespStatus.TryLater), "unavailable");
        }
    }

    private static (List<CertificateID> Ids, X509Extension? Nonce)? Read(byte[] request)
    {
        try
        {
            var asked = new OcspReq(request);
            var ids = asked.GetRequestList().Select(r => r.GetCertID()).ToList();
            var extensions = asked.RequestExtensions;
            var nonce = extensions?.GetExtension(Nonce);
            return ids.Count is 0 or > MaxQuestions || nonce?.Value.GetOctetsLength() > MaxNonceBytes
                || extensions?.GetCriticalExtensionOids().Any(o => !o.Equals(Nonce)) == true
                ? null : (ids, nonce);
        }
        // Hostile input makes the parser fail in many ways; whichever it is, this is not a question.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static bool IsAbout(CertificateID id, X509Certificate issuer)
    {
        try
        {
            return id.MatchesIssuer(issuer);
        }
        catch (Exception e) when (e is OcspException or Org.BouncyCastle.Security.GeneralSecurityException or ArgumentException)
        {
            return false;
        }
    }

    private async Task<List<(CertificateID Id, CertificateStatus Status)>> StatusesAsync(List<CertificateID> ids, bool fresh, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var found = new Dictionary<string, CertificateStatus>(StringComparer.Ordinal);
        foreach (var number in ids.Select(id => Number(id.SerialNumber)))
            if (!fresh && statuses.TryGetValue(number, out var known) && IsRecent(known.ReadAt, now))
                found[number] = known.Status;
        var unread = ids.Select(id => Number(id.SerialNumber)).Where(n => !found.ContainsKey(n)).ToList();
        if (unread.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (var (number, status) in await scope.ServiceProvider.GetRequiredService<CertificateRegister>().FindAsync(unread, ct))
            {
                found[number] = status;
                Keep(statuses, number, (status, now));
            }
        }

        return ids.ConvertAll(id => (id, found[Number(id.SerialNumber)]));
    }

    private async Task<byte[]> KeptAsync(string key, Func<Task<List<(CertificateID, CertificateStatus)>>> questions, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (answers.TryGetValue(key, out var kept) && IsRecent(kept.SignedAt, now))
            return kept.Answer;
        var answer = await SignAsync(await questions(), nonce: null, ct);
        Keep(answers, key, (answer, now));
        return answer;
    }

    private async Task<byte[]> SignAsync(List<(CertificateID Id, CertificateStatus Status)> questions, X509Extension? nonce,
        CancellationToken ct)
    {
        var key = await responders.GetAsync(AuthorityKind.StatusResponder, ct);
        var now = time.GetUtcNow().UtcDateTime;
        var certificate = new X509Certificate(key.Certificate.RawData);
        var generator = new BasicOcspRespGenerator(new RespID(certificate.SubjectDN));
        foreach (var (id, status) in questions)
            generator.AddResponse(id, Word(status), now, now.AddMinutes(options.Value.StatusValidMinutes), null);
        if (nonce is not null)
            generator.SetResponseExtensions(new X509Extensions(new Dictionary<DerObjectIdentifier, X509Extension> { [Nonce] = nonce }));
        var basic = generator.Generate(new StatusSignature(key), [certificate], now);
        return new OCSPRespGenerator().Generate(OcspRespStatus.Successful, basic).GetEncoded();
    }

    private static CertStatus? Word(CertificateStatus status) => status switch
    {
        { IsIssued: false } => new UnknownStatus(),
        { RevokedAt: { } at } => new RevokedStatus(at.UtcDateTime, (int)(status.Reason ?? 0)),
        _ => CertStatus.Good,
    };

    private static StatusAnswer Refuse(int status) => new(new OCSPRespGenerator().Generate(status, null).GetEncoded(), false);

    private bool IsRecent(DateTimeOffset at, DateTimeOffset now) => now - at < TimeSpan.FromSeconds(options.Value.StatusSeconds) && at <= now;

    // Anyone may ask about numbers he makes up: what is kept is bounded, and forgetting it costs only work.
    private static void Keep<T>(ConcurrentDictionary<string, T> kept, string key, T value)
    {
        if (kept.Count >= MaxKept)
            kept.Clear();
        kept[key] = value;
    }

    /// <summary>As certificates show it: whole octets, upper-case.</summary>
    private static string Number(BigInteger serial) => Convert.ToHexString(serial.ToByteArray());
}
