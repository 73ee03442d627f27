using HaLong.Dossiers.Papers;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>How forms say stages, ways and dates.</summary>
public sealed class FormWordsTests
{
    [Theory]
    [InlineData("EARLY", "Trước hạn")]
    [InlineData("ON_TIME", "Đúng hạn")]
    [InlineData("LATE", "Quá hạn")]
    [InlineData(null, "")]
    public void Stages_say_how_they_ended(string? result, string words) => Assert.Equal(words, FormWords.Outcome(result));

    [Theory]
    [InlineData("online", "trực tuyến")]
    [InlineData("assisted", "trực tuyến, có người hỗ trợ")]
    [InlineData("counter", "trực tiếp")]
    [InlineData("post", "qua bưu chính công ích")]
    public void Channels_have_names(string channel, string words) => Assert.Equal(words, FormWords.Channel(channel));

    [Fact]
    public void Dates_are_local_also_across_midnight()
    {
        var late = new DateTimeOffset(2026, 12, 31, 18, 30, 0, TimeSpan.Zero);
        Assert.Equal("01 giờ 30 phút, ngày 01 tháng 01 năm 2027", FormWords.Moment(late));
        Assert.Equal("01:30 01/01/2027", FormWords.Short(late));
    }
}
