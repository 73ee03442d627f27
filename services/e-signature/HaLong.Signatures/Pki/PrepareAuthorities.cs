using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki;

/// <summary>Run mode <c>migrate</c>: makes the root and the issuing authority where there are none.</summary>
internal static class PrepareAuthorities
{
    public static Task RunAsync(IServiceProvider services, CancellationToken ct) =>
        RunAsync(services.GetRequiredService<SignatureDbContext>(), services.GetRequiredService<IOptions<PkiOptions>>().Value,
            services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);

    public static async Task RunAsync(SignatureDbContext db, PkiOptions options, DateTimeOffset now, CancellationToken ct)
    {
        // A root off line comes from a ceremony.
        if (options.RootOffline)
            return;
        // Both or neither: they are written together.
        if (await db.Authorities.AnyAsync(ct))
            return;
        var keys = new KeyStore(options);
        using var rootKey = keys.New(ECCurve.NamedCurves.nistP384);
        using var issuingKey = keys.New(ECCurve.NamedCurves.nistP384);
        using var root = CertificateProfiles.Root(CertificateProfiles.Name("HaLong Development Root CA", unit: null, options.Organisation),
            rootKey.Key, now);
        using var issuing = CertificateProfiles.Issuing(CertificateProfiles.Name("HaLong Development Issuing CA", unit: null,
            options.Organisation), issuingKey.Key, root, rootKey.Key, now, options.PkiUrl);
        db.AddRange(
            Authority.Create(AuthorityKind.Root, root.RawData, rootKey.Reference, now),
            Authority.Create(AuthorityKind.Issuing, issuing.RawData, issuingKey.Reference, now));
        await db.SaveChangesAsync(ct);
    }
}
