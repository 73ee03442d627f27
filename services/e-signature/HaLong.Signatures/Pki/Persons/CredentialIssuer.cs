using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Pki.Persons;

/// <summary>Makes the key and the certificate of a person.</summary>
internal sealed class CredentialIssuer(Authorities authorities, PersonKeys keys, IOptions<PkiOptions> options, TimeProvider time)
{
    /// <summary>The caller has made sure that it may be issued (<see cref="PersonCredential.WhyNotIssue"/>), and saves.</summary>
    /// <param name="credential">Requested; active afterwards.</param>
    /// <param name="pin">Chosen by its owner; null for a one-time credential without one.</param>
    /// <param name="ct">Cancels.</param>
    public async Task IssueAsync(PersonCredential credential, string? pin, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var now = time.GetUtcNow();
        using var key = PersonKeys.New();
        using var issuerKey = authorities.OpenIssuingKey(chain);
        var name = CertificateProfiles.PersonName(credential.Name, credential.AccountId, credential.Role, credential.UnitCode, options.Value.Organisation);
        var until = now + (credential.Term == CredentialTerm.OneTime ? PersonCredential.ShortLife : PersonCredential.LongLife);
        using var certificate = CertificateProfiles.Person(name, key, chain.Issuing, issuerKey, now, until, CertificatePolicies.Of(credential),
            options.Value.PkiUrl);
        var material = PersonKeys.Material(key);
        credential.Issue(
            new IssuedCertificate(chain.IssuingId, certificate.SerialNumber, DistinguishedName.Write(certificate.SubjectName), certificate.RawData,
                certificate.NotAfter.ToUniversalTime()),
            keys.Close(credential.Id, material, pin), now);
        CryptographicOperations.ZeroMemory(material);
    }
}
