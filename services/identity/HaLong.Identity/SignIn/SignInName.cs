using System.Linq.Expressions;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;

namespace HaLong.Identity.SignIn;

/// <summary>What people may type as their name: the user name, the personal number, or a telephone number that is their user name.</summary>
internal sealed class SignInName(PersonalNumbers numbers)
{
    /// <summary>Finds the account the text names.</summary>
    public Expression<Func<Account, bool>> Of(string text)
    {
        if (PersonalNumber.TryParse(text.Trim()) is { } number)
        {
            var index = numbers.IndexOf(number);
            return a => a.PersonalNumberIndex == index;
        }

        var normalized = Account.Normalize(PhoneNumber.TryParse(text.Trim())?.National ?? text);
        return a => a.NormalizedUserName == normalized;
    }
}
