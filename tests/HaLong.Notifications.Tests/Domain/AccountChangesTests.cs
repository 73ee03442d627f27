using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Tests.Domain;

public sealed class AccountChangesTests
{
    public static TheoryData<string> Changes => [.. AccountChanges.All, "learnt_since"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_has_words_in_both_languages_and_fits_into_one_SMS(string change)
    {
        Assert.NotEqual(AccountChanges.In(change, "vi"), AccountChanges.In(change, "en"));
        foreach (var language in (string[])["vi", "en"])
        {
            var text = DirectTexts.Notice(DirectTexts.SecurityChanged, language, new Dictionary<string, string>
            {
                ["what"] = AccountChanges.Plain(change, language),
                ["time"] = NoticeValues.Short(new DateTimeOffset(2026, 11, 23, 2, 15, 0, TimeSpan.Zero)),
            });

            Assert.NotNull(text);
            Assert.InRange(text.Length, 1, DirectTexts.OneSms);
            Assert.All(text, c => Assert.InRange(c, ' ', '~'));
            Assert.Contains("09:15 23/11/2026", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_two_changes_read_the_same() =>
        Assert.Equal(AccountChanges.All.Count() * 2, AccountChanges.All.SelectMany(c => new[] { AccountChanges.In(c, "vi"), AccountChanges.In(c, "en") }).Distinct().Count());
}
