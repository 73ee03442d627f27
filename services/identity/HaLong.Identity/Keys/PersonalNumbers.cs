using System.Text;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Keys;

/// <summary>Seals and opens the personal number of an account.</summary>
internal sealed class PersonalNumbers(KeyVault vault)
{
    public void Set(Account account, PersonalNumber number) => account.SetPersonalNumber(
        vault.Seal(KeyVault.PersonalNumbers, account.Id.ToString(), Encoding.ASCII.GetBytes(number.Value)), IndexOf(number));

    /// <summary>The blind index to look an account up by.</summary>
    public byte[] IndexOf(PersonalNumber number) => vault.Index(KeyVault.PersonalNumbers, Encoding.ASCII.GetBytes(number.Value));

    public PersonalNumber? Of(Account account) => account.SealedPersonalNumber is { } box
        ? PersonalNumber.TryParse(Encoding.ASCII.GetString(vault.Open(KeyVault.PersonalNumbers, account.Id.ToString(), box)))
        : null;
}
