using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class SubjectMatterTests
{
    private const string Form = """{"parcel":"12","mapSheet":"Tờ 34","owner":{"phone":"0901"},"areas":[1,2]}""";

    [Theory]
    [InlineData("Cấp giấy lần đầu", """{"mapSheet":"to  34","parcel":"12","owner":{"phone":"0901"},"areas":[1,2]}""")]
    [InlineData("  cap GIAY lan dau! ", Form)]
    [InlineData("Cấp giấy, lần đầu", """{"parcel":"12","mapSheet":"Tờ 34","owner":{"phone":"0901"},"areas":[1,2],"note":"","none":null,"no":false}""")]
    public void The_same_matter_in_other_letters_or_order_is_the_same(string subject, string data) =>
        Assert.Equal(Key("Cấp giấy lần đầu", Form), Key(subject, data));

    [Theory]
    [InlineData("Cấp giấy lần hai", Form)]
    [InlineData("Cấp giấy lần đầu", """{"parcel":"13","mapSheet":"Tờ 34","owner":{"phone":"0901"},"areas":[1,2]}""")]
    [InlineData("Cấp giấy lần đầu", """{"parcel":"12","mapSheet":"Tờ 34","owner":{"phone":"0901"},"areas":[2,1]}""")]
    [InlineData("Cấp giấy lần đầu", "{}")]
    public void Another_matter_is_another(string subject, string data) => Assert.NotEqual(Key("Cấp giấy lần đầu", Form), Key(subject, data));

    [Fact]
    public void With_key_fields_only_they_tell_and_a_form_without_them_is_told_apart_by_everything()
    {
        Assert.Equal(Key("x", Form, "parcel"), Key("x", """{"parcel":"12","mapSheet":"35"}""", "parcel"));
        Assert.Equal(Key("x", Form, "owner.phone"), Key("x", """{"owner":{"phone":"0901","name":"A"}}""", "owner.phone"));
        Assert.NotEqual(Key("x", Form, "certificate"), Key("x", """{"parcel":"12"}""", "certificate"));
    }

    [Fact]
    public void Another_procedure_is_another_matter() => Assert.NotEqual(SubjectMatter.KeyOf("1", "x", "{}", []), SubjectMatter.KeyOf("2", "x", "{}", []));

    private static string Key(string subject, string data, params string[] fields) => SubjectMatter.KeyOf("1.013978", subject, data, fields);
}
