# discard: BACKEND POD: the job's folder and what of its news was not fetched.
[[ $2 == [a-z0-9]*([a-z0-9-]) ]] || exit "$no_folder"
cd -- "$backend" 2>/dev/null || exit 0
forget_job "$2"
end_rest
chmod -R u+rwX -- "./$2" 2>/dev/null
rm -rf -- "./$2" incoming/*/"$2" spool/"$2",* || exit "$no_folder"
