using System.Security.Cryptography;
using System.Text;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Keys;

/// <summary>Seals and opens the personal number of an account.</summary>
internal sealed class PersonalNumbers(FieldVault fields, DataKeyRing ring)
{
    public void Set(Account account, PersonalNumber number)
    {
        var keys = ring.Fresh;
        account.SetPersonalNumber(
            fields.Seal(KeyVault.PersonalNumbers, account.Id.ToString(), Encoding.ASCII.GetBytes(number.Value)),
            IndexOf(keys.Index, number), keys.Index.Version, keys.NextIndex is { } next ? IndexOf(next, number) : null);
    }

    /// <summary>The blind index to look an account up by.</summary>
    public byte[] IndexOf(PersonalNumber number) => IndexOf(ring.Fresh.Index, number);

    public PersonalNumber? Of(Account account) => account.SealedPersonalNumber is { } box ? Open(account.Id, box) : null;

    internal PersonalNumber? Open(Guid account, byte[] box) =>
        PersonalNumber.TryParse(Encoding.ASCII.GetString(fields.Open(KeyVault.PersonalNumbers, account.ToString(), box)));

    internal static byte[] IndexOf(IndexKey key, PersonalNumber number) => HMACSHA256.HashData(key.Key, Encoding.ASCII.GetBytes(number.Value));
}
