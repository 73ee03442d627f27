using System.Text.Json;
using HaLong.Dossiers.Forms;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>What an application says on paper is what will be filed, in the words of the form.</summary>
public sealed class ApplicationLinesTests
{
    private static readonly FormFile Form = JsonSerializer.Deserialize<FormFile>(
        """
        {
          "form": "sample", "procedures": ["1.0"], "title": {"vi": "Đơn", "en": "Form"},
          "schema": {"type": "object", "properties": {}},
          "sections": [
            {"id": "owner", "title": {"vi": "1. Người nộp", "en": "1. Applicant"}, "fields": [
              {"field": "/owner/kind", "widget": "radio", "label": {"vi": "Loại", "en": "Kind"}, "options": {"individual": {"vi": "Cá nhân", "en": "Individual"}}},
              {"field": "/owner/number", "widget": "personal-number", "label": {"vi": "Số định danh", "en": "Number"}},
              {"field": "/owner/born", "widget": "date", "label": {"vi": "Ngày sinh", "en": "Born"}},
              {"field": "/owner/company", "widget": "text", "label": {"vi": "Tên tổ chức", "en": "Organisation"}, "when": {"field": "/owner/kind", "in": ["organisation"]}}]},
            {"id": "land", "title": {"vi": "2. Thửa đất", "en": "2. Parcels"}, "fields": [
              {"field": "/land/parcels", "widget": "list", "label": {"vi": "Các thửa", "en": "Parcels"}, "item": [
                {"field": "/land/parcels/*/number", "widget": "text", "label": {"vi": "Thửa số", "en": "Parcel"}},
                {"field": "/land/parcels/*/value", "widget": "money", "label": {"vi": "Giá trị", "en": "Value"}}]},
              {"field": "/land/shared", "widget": "checkbox", "label": {"vi": "Đồng sử dụng", "en": "Shared"}}]},
            {"id": "none", "title": {"vi": "3. Không điền", "en": "3. Empty"}, "fields": [
              {"field": "/none", "widget": "text", "label": {"vi": "Trống", "en": "Empty"}}]}
          ]
        }
        """, FormFile.Json)!;

    [Fact]
    public void Fields_stand_in_the_order_and_the_words_of_the_form_and_nothing_that_is_filed_is_missing()
    {
        var lines = ApplicationLines.Of(Form, JsonElement.Parse(
            """
            {"land": {"shared": false, "parcels": [{"number": "12", "value": 1500000}, {"number": "13"}]},
             "owner": {"kind": "individual", "number": "owner", "born": "1990-02-03", "company": "Bị ẩn"}, "none": " ", "more": {"list": [1, "hai"]}}
            """.Replace("\"owner\",", $"\"{FieldFormats.OwnersNumber}\",", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "1. Người nộp", "Loại=Cá nhân", "Số định danh=số định danh đã lưu trong tài khoản", "Ngày sinh=03/02/1990",
                "2. Thửa đất", "Thửa số (dòng 1)=12", "Giá trị (dòng 1)=1.500.000 đồng", "Thửa số (dòng 2)=13", "Đồng sử dụng=không",
                "Thông tin khác", "more / list / 0=1", "more / list / 1=hai",
            ],
            lines.Select(l => l.Value is null ? l.Label : $"{l.Label}={l.Value}"));
    }

    [Fact]
    public void Without_a_form_everything_is_told_by_its_place()
    {
        Assert.Equal(["Thông tin khác", "a", "b / c"], ApplicationLines.Of(null, JsonElement.Parse("""{"a": true, "b": {"c": 1.5}}""")).Select(l => l.Label));
        Assert.Empty(ApplicationLines.Of(null, JsonElement.Parse("{}")));
        Assert.Empty(ApplicationLines.Of(Form, JsonElement.Parse("""{"owner": {"company": "Bị ẩn"}, "none": null}""")));
    }

    [Fact]
    public void Every_form_of_the_house_can_be_put_on_paper()
    {
        foreach (var (name, data) in new[] { ("land-change", FilledForms.LandChange), ("birth-registration", FilledForms.Birth), ("certified-copy", FilledForms.CertifiedCopy) })
        {
            var form = FormLoader.Files().Select(FormLoader.Parse).Single(f => f.Form == name);
            var lines = ApplicationLines.Of(form, JsonElement.Parse(data));
            Assert.True(lines.Count(l => l.Value is not null) > 10, name);
            Assert.DoesNotContain(lines, l => l.Label == "Thông tin khác");
        }
    }
}
