using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>Whose filing it is.</summary>
/// <param name="Check">Last four digits of the personal number.</param>
/// <param name="Assurance">How surely the person is known, as fees ask: 2 with VNeID, else 1.</param>
internal sealed record FilingOwner(Guid Id, string Name, string? Check, int Assurance);

/// <summary>
/// Finds the account: the one that reception named, else the verified one with the personal number, if the person signed in on the portal with VNeID.
/// The number goes no further than to identity.
/// </summary>
internal sealed class InboundOwners(FilingOwners.FilingOwnersClient owners, IdentityDirectory directory)
{
    /// <summary>DOS-0878 when reception has to say.</summary>
    public async Task<Result<FilingOwner>> FindAsync(Guid? named, FilingContent content, CancellationToken ct)
    {
        var check = content.PersonalNumber?[^4..];
        var assurance = content is { PersonalNumber: not null, IsVerified: true } ? 2 : 1;
        if (named is { } id)
        {
            var name = await directory.FindApplicantAsync(id, ct);
            if (name.IsSuccess)
                return new FilingOwner(id, name.Value, check, assurance);
            return name.Error.Kind == ErrorKind.Validation ? InboundErrors.NoAccount : name.Error;
        }

        if (content.PersonalNumber is not { } number || !content.IsVerified)
            return InboundErrors.NoAccount;
        try
        {
            var found = await owners.FindFilingOwnerAsync(new FindFilingOwnerRequest { PersonalNumber = number }, cancellationToken: ct);
            return Guid.TryParse(found.AccountId, out var account) ? new FilingOwner(account, found.DisplayName, check, assurance) : InboundErrors.NoAccount;
        }
        catch (ErrorException e)
        {
            // A number that identity does not take for one is nobody's.
            return e.Error.Kind == ErrorKind.Validation ? InboundErrors.NoAccount : DossierErrors.IdentityUnavailable;
        }
        catch (HttpRequestException)
        {
            return DossierErrors.IdentityUnavailable;
        }
    }
}
