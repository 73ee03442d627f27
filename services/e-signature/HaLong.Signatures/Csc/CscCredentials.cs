using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Csc;

/// <summary>Credentials as the Cloud Signature Consortium API describes them.</summary>
internal sealed class CscCredentials(SignatureDbContext db, Authorities authorities, Caller caller, TimeProvider time)
{
    /// <summary>Most credentials in one list; a person has a handful.</summary>
    private const int MaxListed = 100;

    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>OID of keys on elliptic curves: with hashAlgorithmOID it says all.</summary>
    private const string EllipticKey = "1.2.840.10045.2.1";

    private static readonly CscAuthObject Pin = new("Password", "PIN", "N", "PIN", null);
    private static readonly CscAuthObject Otp = new("Password", "OTP", "N", "Mã ký số", "totp-sms");

    /// <summary>What may be asked for in signAlgo.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [.. SignatureAlgorithm.All.Where(a => !a.IsRsa).Select(a => a.Oid)];

    /// <summary>The algorithm for a hash and, where it is given, a signAlgo that fits it.</summary>
    public static SignatureAlgorithm? AlgorithmOf(string? hashOid, string? signAlgo) => signAlgo switch
    {
        null or EllipticKey => SignatureAlgorithm.ByHash(isRsa: false, hashOid ?? ""),
        _ => SignatureAlgorithm.ByOid(signAlgo) is { IsRsa: false } known && (hashOid is null || known.HashOid == hashOid) ? known : null,
    };

    public async Task<IReadOnlyList<PersonCredential>> ListAsync(bool onlyValid, CancellationToken ct)
    {
        var rows = await db.PersonCredentials.AsNoTracking().Where(c => c.AccountId == caller.AccountId && c.SerialNumber != null)
            .OrderByDescending(c => c.Id).Take(MaxListed).ToListAsync(ct);
        var now = time.GetUtcNow();
        return onlyValid ? rows.FindAll(c => c.WhyNotSign(now) is null) : rows;
    }

    public async Task<PersonCredential?> FindAsync(string? id, CancellationToken ct) => Guid.TryParse(id, out var known)
        ? await db.PersonCredentials.AsNoTracking().SingleOrDefaultAsync(c => c.Id == known && c.AccountId == caller.AccountId && c.SerialNumber != null, ct)
        : null;

    /// <param name="credential">Issued.</param>
    /// <param name="certificates">none, single or chain.</param>
    /// <param name="certInfo">Whether names and days are wanted.</param>
    /// <param name="authInfo">Whether it is wanted how to authorise.</param>
    /// <param name="withId">In lists.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<CscCredential> DescribeAsync(PersonCredential credential, string certificates, bool certInfo, bool authInfo, bool withId,
        CancellationToken ct)
    {
        var (chain, now) = (await authorities.GetAsync(ct), time.GetUtcNow());
        using var certificate = X509CertificateLoader.LoadCertificate(credential.Certificate!);
        IReadOnlyList<string>? encoded = certificates switch
        {
            "single" => [Convert.ToBase64String(certificate.RawData)],
            "chain" => [.. new[] { certificate, chain.Issuing, chain.Root }.Select(c => Convert.ToBase64String(c.RawData))],
            _ => null,
        };
        var signs = credential.WhyNotSign(now) is null;
        return new CscCredential(withId ? credential.Id.ToString() : null, credential.Name + (credential.UnitCode is { } unit ? ", " + unit : ""),
            new CscKey(signs ? "enabled" : "disabled", Algorithms, 256, P256),
            new CscCertificate(StatusOf(credential, now), encoded, certInfo ? DistinguishedName.Write(certificate.IssuerName) : null,
                certInfo ? credential.SerialNumber : null, certInfo ? credential.Subject : null, certInfo ? Time(certificate.NotBefore) : null,
                certInfo ? Time(certificate.NotAfter) : null),
            !authInfo ? null : credential.HasPin ? new CscAuth("explicit", "PIN AND OTP", [Pin, Otp]) : new CscAuth("explicit", "OTP", [Otp]),
            "2", credential.Term == CredentialTerm.OneTime || signs ? HashList.Max : 1, "vi");
    }

    private static string StatusOf(PersonCredential credential, DateTimeOffset now) => credential switch
    {
        { State: CredentialState.Suspended } => "suspended",
        { RevokedAt: not null } => "revoked",
        _ => credential.NotAfter <= now ? "expired" : "valid",
    };

    // GeneralizedTime, as RFC 5280 writes it.
    private static string Time(DateTime at) => at.ToUniversalTime().ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
}
