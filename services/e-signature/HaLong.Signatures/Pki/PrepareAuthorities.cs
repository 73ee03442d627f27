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
        // Both or neither: they are written together.
        if (await db.Authorities.AnyAsync(ct))
            return;
        using var rootKey = KeyVault.NewKey(ECCurve.NamedCurves.nistP384);
        using var issuingKey = KeyVault.NewKey(ECCurve.NamedCurves.nistP384);
        using var root = CertificateProfiles.Root(CertificateProfiles.Name("HaLong Development Root CA", unit: null, options.Organisation),
            rootKey, now);
        using var issuing = CertificateProfiles.Issuing(CertificateProfiles.Name("HaLong Development Issuing CA", unit: null,
            options.Organisation), issuingKey, root, rootKey, now, options.PkiUrl);
        db.AddRange(
            Authority.Create(AuthorityKind.Root, root.RawData, KeyVault.Close(rootKey, options.KeyPassword), now),
            Authority.Create(AuthorityKind.Issuing, issuing.RawData, KeyVault.Close(issuingKey, options.KeyPassword), now));
        await db.SaveChangesAsync(ct);
    }
}
