using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Ceremony;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Pki;

/// <summary>What the issuer says of a certificate.</summary>
/// <param name="IsIssued">False when the issuer has no record of it.</param>
/// <param name="RevokedAt">Since when it does not hold; null while it does.</param>
/// <param name="Reason">Why it does not hold.</param>
internal sealed record CertificateStatus(bool IsIssued, DateTimeOffset? RevokedAt = null, RevocationReason? Reason = null)
{
    public static readonly CertificateStatus Good = new(true);

    public static readonly CertificateStatus NotIssued = new(false);

    /// <summary>Who says so: the register, or what was found elsewhere.</summary>
    public string Source { get; init; } = "REGISTER";

    /// <summary>What moment it speaks of; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>Reads the status of our own certificates from the rows, which are the authority's record.</summary>
internal sealed class CertificateRegister(SignatureDbContext db)
{
    /// <summary>By serial number (upper-case hex); numbers that were never issued are answered as such.</summary>
    public async Task<Dictionary<string, CertificateStatus>> FindAsync(IReadOnlyCollection<string> numbers, CancellationToken ct)
    {
        var found = numbers.Distinct(StringComparer.Ordinal).ToDictionary(n => n, _ => CertificateStatus.NotIssued, StringComparer.Ordinal);
        if (found.Count == 0)
            return found;
        var wanted = found.Keys.ToList();
        foreach (var row in await db.Credentials.Where(c => wanted.Contains(c.SerialNumber))
            .Select(c => new { c.SerialNumber, c.RevokedAt, c.RevocationReason }).ToListAsync(ct))
            found[row.SerialNumber] = new CertificateStatus(true, row.RevokedAt, row.RevocationReason);
        foreach (var row in await db.PersonCredentials.Where(c => wanted.Contains(c.SerialNumber!))
            .Select(c => new { c.SerialNumber, c.RevokedAt, c.RevocationReason }).ToListAsync(ct))
            found[row.SerialNumber!] = new CertificateStatus(true, row.RevokedAt, row.RevocationReason);
        if (!found.ContainsValue(CertificateStatus.NotIssued))
            return found;
        // Authorities and responders are a handful of rows; of them only a list of the root can say that one is revoked.
        var list = await db.AuthorityLists.OrderByDescending(l => l.Number).Select(l => l.List).FirstOrDefaultAsync(ct);
        foreach (var certificate in await db.Authorities.Select(a => a.Certificate).ToListAsync(ct))
        {
            using var loaded = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(certificate);
            if (found.ContainsKey(loaded.SerialNumber))
                found[loaded.SerialNumber] = list is null ? CertificateStatus.Good : RootList.StatusOf(list, certificate);
        }

        return found;
    }
}
