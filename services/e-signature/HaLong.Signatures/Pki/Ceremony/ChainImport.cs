using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>What the root's machine sent: to be checked before it is believed.</summary>
/// <param name="Root">The root's certificate.</param>
/// <param name="Issuing">The certificate of the issuing authority.</param>
/// <param name="List">The root's list, DER.</param>
/// <param name="KeyReference">Of the issuing authority's key, as the request left it.</param>
internal sealed record CeremonyChain(X509Certificate2 Root, X509Certificate2 Issuing, byte[] List, byte[] KeyReference);

/// <summary>Installs the authorities of a key ceremony. The root's key never comes here.</summary>
internal static class ChainImport
{
    /// <summary>Why the chain is not taken; null when it is right.</summary>
    public static string? WhyNot(CeremonyChain chain, ECDsa issuingKey, DateTimeOffset now)
    {
        if (!chain.Root.SubjectName.RawData.AsSpan().SequenceEqual(chain.Root.IssuerName.RawData))
            return "the root is not self-signed";
        if (!IsAuthority(chain.Root) || !IsAuthority(chain.Issuing))
            return "one of the certificates may not issue";
        using var build = new X509Chain();
        build.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        build.ChainPolicy.CustomTrustStore.Add(chain.Root);
        build.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        build.ChainPolicy.DisableCertificateDownloads = true;
        build.ChainPolicy.VerificationTime = now.UtcDateTime;
        if (!build.Build(chain.Issuing) || build.ChainElements.Count != 2)
            return "the issuing authority is not certified by this root, or not valid now";
        using var known = chain.Issuing.GetECDsaPublicKey();
        if (known is null || !known.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(issuingKey.ExportSubjectPublicKeyInfo()))
            return "the certificate is of another key than the request";
        // The key is not only named but works: a token that is away shows here, not at the first signature.
        var probe = SHA384.HashData("key ceremony"u8);
        if (!known.VerifyHash(probe, issuingKey.SignHash(probe)))
            return "the key of the issuing authority does not sign";
        if (RootList.Read(chain.List, chain.Root) is not { } list || list.NextUpdate <= now)
            return "the list is not of this root, or past its end";
        return RootList.StatusOf(chain.List, chain.Issuing.RawData).RevokedAt is null ? null : "the root's list says that the issuing authority is revoked";
    }

    /// <summary>Puts the chain in the place of the one that is there.</summary>
    /// <param name="db">The service's database, migrated.</param>
    /// <param name="chain">Checked before.</param>
    /// <param name="replace">True: an issuing authority under the same root that has issued already is taken over; units get another seal at their
    /// next signature, persons ask for another credential.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Why it was not installed; null when it was, or was before.</returns>
    public static async Task<string?> InstallAsync(SignatureDbContext db, CeremonyChain chain, bool replace, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('pki-import', 0))", ct);
        var current = await db.Authorities.Where(a => a.SupersededAt == null).ToListAsync(ct);
        var (root, issuing) = (current.Find(a => a.Kind == AuthorityKind.Root), current.Find(a => a.Kind == AuthorityKind.Issuing));
        if (issuing?.Certificate.AsSpan().SequenceEqual(chain.Issuing.RawData) == true)
            return null;
        if (issuing is not null && (await db.Credentials.AnyAsync(ct) || await db.PersonCredentials.AnyAsync(c => c.SerialNumber != null, ct)))
        {
            if (!replace)
                return "certificates were issued already: say --replace yes to put another issuing authority in the place of this one";
            if (root?.Certificate.AsSpan().SequenceEqual(chain.Root.RawData) != true)
                return "certificates were issued under another root: signatures under it would not be trusted any more";
        }

        // Responders speak for the issuing authority that certified them; the next ones are made when first needed.
        current.ForEach(a => a.Supersede(now));
        foreach (var seal in await db.Credentials.Where(c => c.SupersededAt == null && c.RevokedAt == null).ToListAsync(ct))
            seal.Supersede(now);
        // Their certificates name the authority before; what they signed stays good. Requests wait for the next one.
        foreach (var credential in await db.PersonCredentials
            .Where(c => c.State == CredentialState.Active || c.State == CredentialState.Suspended).ToListAsync(ct))
        {
            credential.End(CredentialState.Superseded);
            db.Add(PersonCredentialChange.Of(credential, PersonCredentialMove.Superseded, Guid.Empty, now, "issuing authority replaced"));
        }

        // Saved before the new rows, so that the index never sees two current ones.
        await db.SaveChangesAsync(ct);
        db.AddRange(Authority.Create(AuthorityKind.Root, chain.Root.RawData, [], now),
            Authority.Create(AuthorityKind.Issuing, chain.Issuing.RawData, chain.KeyReference, now));
        await AddListAsync(db, chain.List, chain.Root, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Takes the root's next list.</summary>
    /// <returns>Why it was not taken; null when it was.</returns>
    public static async Task<string?> InstallListAsync(SignatureDbContext db, byte[] list, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Authorities.SingleOrDefaultAsync(a => a.Kind == AuthorityKind.Root && a.SupersededAt == null, ct) is not { EncryptedKey.Length: 0 } row)
            return "there is no root off line here";
        using var root = X509CertificateLoader.LoadCertificate(row.Certificate);
        if (RootList.Read(list, root) is not { } read || read.NextUpdate <= now)
            return "the list is not of this root, or past its end";
        if (await db.AuthorityLists.AnyAsync(l => l.Number >= read.Number, ct))
            return "a list that is as new is here already";
        await AddListAsync(db, list, root, now, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private static async Task AddListAsync(SignatureDbContext db, byte[] list, X509Certificate2 root, DateTimeOffset now, CancellationToken ct)
    {
        var read = RootList.Read(list, root) ?? throw new CryptographicException("The list is not of this root.");
        if (!await db.AuthorityLists.AnyAsync(l => l.Number == read.Number, ct))
            db.Add(AuthorityList.Import(list, read.Number, read.NextUpdate, now));
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(b => b.CertificateAuthority)
        && certificate.Extensions.OfType<X509KeyUsageExtension>().Any(u => u.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign));
}
