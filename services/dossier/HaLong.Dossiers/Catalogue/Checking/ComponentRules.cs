namespace HaLong.Dossiers.Catalogue.Checking;

/// <summary>What a component of a dossier must look like.</summary>
internal static class ComponentRules
{
    public static void Check(JsonProbe component)
    {
        component.Text("code", max: 40);
        component.Text("nameVi", required: true, max: 2000);
        component.Text("nameEn", required: true, max: 2000);
        component.Flag("required");
        component.Number("originals", 0, 100, required: true);
        component.Number("copies", 0, 100, required: true);
        component.Text("form");
        component.Text("condition", max: 1000);
        component.Text("caseVi");
        component.Text("caseEn");
        component.Text("ownForm", max: 64);
        component.Flag("electronicCopy");
        component.Flag("assumed");
        component.Object("reuse", Reuse);
    }

    private static void Reuse(JsonProbe reuse)
    {
        var store = reuse.Flag("fromStore");
        var results = reuse.Texts("resultCodes", max: 40);
        if (reuse.OneOf("dataSource", CatalogueCodes.DataSources) is null && store != true)
            reuse.Add("dataSource", "nêu kho dữ liệu của người dân hoặc một cơ sở dữ liệu", "is missing: say the citizen's store or a database");
        if (store == true && results.Count == 0)
            reuse.Add("resultCodes", "nêu mã kết quả trong kho dùng được", "is missing: say which results of the store will do");
        reuse.Flag("assumed");
    }
}
