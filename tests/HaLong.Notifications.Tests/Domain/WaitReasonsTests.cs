using HaLong.Dossiers.Contracts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;

namespace HaLong.Notifications.Tests.Domain;

public sealed class WaitReasonsTests
{
    [Fact]
    public void Every_reason_has_words_of_its_own_in_both_languages()
    {
        Assert.Equal(15, WaitReasons.All.Count());
        Assert.All(WaitReasons.All, r => Assert.NotEqual(WaitReasons.In(r, "vi"), WaitReasons.In(r, "en")));
        Assert.Equal(15, WaitReasons.All.Select(r => WaitReasons.In(r, "vi")).Distinct().Count());
        Assert.Equal(15, WaitReasons.All.Select(r => WaitReasons.In(r, "en")).Distinct().Count());
    }

    [Theory]
    [InlineData("CHECK", "vi", "chờ bộ phận một cửa kiểm tra")]
    [InlineData("CHECK", "en", "waits for the check at reception")]
    [InlineData("NEW_IN_2030", "vi", "chờ bước tiếp theo")]
    [InlineData("NEW_IN_2030", "en", "waits for the next step")]
    public void A_reason_is_told_in_the_readers_language_also_one_that_is_new(string reason, string language, string words) =>
        Assert.Equal(words, WaitReasons.In(reason, language));

    [Fact]
    public void Every_level_has_a_notice_of_its_own_and_an_unknown_one_is_the_supervisors()
    {
        var kinds = WaitLevels.All.Select(NotifyWaitWarned.KindOf).ToList();

        Assert.Equal(["wait-applicant", "wait-applicant-last", "wait-extension", "wait-officer", "wait-supervisor", "wait-citizen"], kinds);
        Assert.All(kinds, k => Assert.Contains(NoticeKinds.Wait, NoticeKinds.Variables[k]));
        Assert.Equal("wait-supervisor", NotifyWaitWarned.KindOf("minister"));
    }
}
