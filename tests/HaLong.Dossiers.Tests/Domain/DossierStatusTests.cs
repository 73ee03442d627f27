using System.Reflection;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class DossierStatusTests
{
    [Fact]
    public void Every_state_is_a_word_of_the_status_list()
    {
        var words = DataFiles.StatusNames();
        Assert.All(DossierStatus.Way, status => Assert.True(words.ContainsKey(status), status));
    }

    [Theory]
    [InlineData(DossierStatus.Draft, "Bản nháp", "Draft")]
    [InlineData(DossierStatus.Resolved, "Đã xử lý xong", "Resolved")]
    [InlineData(DossierStatus.Returned, "Đã trả kết quả", "Returned")]
    public void States_have_names_in_both_languages(string status, string vi, string en) => Assert.Equal((vi, en), DossierStatus.Name(status));

    [Fact]
    public void Error_codes_are_unique_and_have_both_languages()
    {
        var errors = typeof(DossierErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (Error)f.GetValue(null)!).ToList();
        Assert.Equal(errors.Count, errors.Select(e => e.Code).Distinct().Count());
        Assert.All(errors, e =>
        {
            Assert.Matches("^DOS-[0-9]{4}$", e.Code);
            Assert.False(string.IsNullOrWhiteSpace(e.Vi) || string.IsNullOrWhiteSpace(e.En) || e.Vi == e.En);
        });
    }
}
